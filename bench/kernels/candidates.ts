import { fileURLToPath } from 'node:url';
import type { GemmKind } from '@im2grade/engine/run';
import type { Case } from './Case.ts';
import type { ConvolutionForm } from './nn/convolutionLayers.ts';

/** The baseline of the comparison: the library's own convolutions, with FMA if the engine has it. */
export const OURS = 'nn';

/** The arithmetic that limits a candidate: a separate product and sum for each step, or both fused. */
type Arithmetic = 'plain' | 'fused';

/** One configuration of a program that speaks the protocol. */
export interface CandidateSetup {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The ceiling to which its speed is compared. */
  readonly arithmetic: Arithmetic;
  /** A ceiling, not a candidate. */
  readonly isCeiling?: boolean;
  /** The kinds of cases in which it differs from the one before. */
  readonly kinds?: readonly Case['kind'][];
}

const file = (name: string): string => fileURLToPath(new URL(`candidates/${name}`, import.meta.url));
const node = (name: string, ...args: readonly (string | number)[]): string[] => [
  process.execPath,
  '--import',
  'tsx',
  file(name),
  ...args.map(String),
];
/** Debian's Python, which has the package python3-torch. */
const python = process.env.PYTHON ?? '/usr/bin/python3';

const ceiling = (arithmetic: Arithmetic): CandidateSetup => ({
  name: `ceiling, ${arithmetic === 'fused' ? 'FMA' : 'plain'}`,
  command: node('ceiling.ts', arithmetic),
  arithmetic,
  isCeiling: true,
});

const nn = (name: string, kind: GemmKind, form: ConvolutionForm, threads: number): CandidateSetup => ({
  name,
  command: node('nn.ts', kind, form, threads),
  arithmetic: kind === 'wasm' ? 'plain' : 'fused',
});

const tfjs = (backend: 'cpu' | 'wasm'): CandidateSetup => ({
  name: `TensorFlow.js, ${backend}`,
  command: node('tfjs.ts', backend),
  arithmetic: 'fused',
});

const onnxRuntime = (threads: number): CandidateSetup => ({
  name: 'ONNX Runtime',
  command: node('onnxruntime.ts', threads),
  arithmetic: 'fused',
});

const pyTorch = (name: string, layout: 'contiguous' | 'channels_last', threads: number): CandidateSetup => ({
  name,
  command: [python, file('pytorch.py'), String(threads), layout],
  environment: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
  arithmetic: 'fused',
});

const LAYERS = ['convolution', 'epoch'] as const;

/** All that take part, in the order of the table; ours first. Each configuration is one line here. */
export const candidates = (threads: number): readonly CandidateSetup[] => [
  ceiling('fused'),
  ceiling('plain'),
  nn(OURS, 'wasm-fused', 'fused', threads),
  nn('nn, plain', 'wasm', 'fused', threads),
  { ...nn('nn, Im2Mat and gemm', 'wasm-fused', 'explicit', threads), kinds: LAYERS },
  nn('nn, TypeScript', 'typescript', 'fused', threads),
  nn('nn on OpenBLAS', 'openblas', 'fused', threads),
  ...(threads === 1 ? [tfjs('cpu'), tfjs('wasm')] : []),
  onnxRuntime(threads),
  pyTorch('PyTorch', 'contiguous', threads),
  { ...pyTorch('PyTorch, NHWC', 'channels_last', threads), kinds: LAYERS },
];
