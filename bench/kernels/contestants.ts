import { fileURLToPath } from 'node:url';

/** The arithmetic that bounds a contestant: a product and a sum for each step, or both fused. */
type Arithmetic = 'plain' | 'fused';

/** One configuration of a program that answers the protocol. */
export interface ContestantSetup {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whose ceiling its speed is compared with. */
  readonly arithmetic: Arithmetic;
  /** A ceiling and no contestant. */
  readonly isCeiling?: boolean;
}

/** What the others are compared with. */
export const OURS = 'nn, FMA';

const file = (name: string): string => fileURLToPath(new URL(`contestants/${name}`, import.meta.url));
const node = (name: string, ...args: readonly string[]): string[] => [
  process.execPath,
  '--import',
  'tsx',
  file(name),
  ...args,
];
/** Debian's, for which its package python3-torch is. */
const python = process.env.PYTHON ?? '/usr/bin/python3';

const ceiling = (arithmetic: Arithmetic): ContestantSetup => ({
  name: `ceiling, ${arithmetic === 'fused' ? 'FMA' : 'plain'}`,
  command: node('ceiling.ts', arithmetic),
  arithmetic,
  isCeiling: true,
});

const nn = (name: string, arithmetic: Arithmetic, form: string): ContestantSetup => ({
  name,
  command: node('nn.ts', arithmetic, form),
  arithmetic,
});

const tfjs = (backend: string): ContestantSetup => ({
  name: `TensorFlow.js, ${backend}`,
  command: node('tfjs.ts', backend),
  arithmetic: 'fused',
});

const onnxRuntime = (threads: number): ContestantSetup => ({
  name: `ONNX Runtime${many(threads)}`,
  command: node('onnxruntime.ts', String(threads)),
  arithmetic: 'fused',
});

const openBlas = (threads: number): ContestantSetup => ({
  name: `nn on OpenBLAS${many(threads)}`,
  command: node('openblas.ts'),
  environment: { OPENBLAS_NUM_THREADS: String(threads) },
  arithmetic: 'fused',
});

const pyTorch = (layout: 'contiguous' | 'channels_last', threads: number): ContestantSetup => ({
  name: `PyTorch${layout === 'channels_last' ? ', channels last' : ''}${many(threads)}`,
  command: [python, file('pytorch.py'), String(threads), layout],
  environment: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
  arithmetic: 'fused',
});

const many = (threads: number): string => (threads > 1 ? `, ${threads} threads` : '');

/** All that take part, in the order of the table: a configuration is a line here. */
export const CONTESTANTS: readonly ContestantSetup[] = [
  ceiling('fused'),
  ceiling('plain'),
  nn(OURS, 'fused', 'explicit'),
  nn('nn, plain', 'plain', 'explicit'),
  { name: 'nn, TypeScript', command: node('typescript.ts'), arithmetic: 'fused' },
  openBlas(1),
  tfjs('cpu'),
  tfjs('wasm'),
  onnxRuntime(1),
  pyTorch('contiguous', 1),
  pyTorch('channels_last', 1),
];
