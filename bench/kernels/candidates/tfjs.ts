import type { Case, ConvolutionCase, GemmCase } from '../Case.ts';
import { peerVersion, requirePeer } from '../process/requirePeer.ts';
import { type Prepared, serve } from '../process/serve.ts';
import { fill, SEEDS, sumOfSquares } from '../data.ts';

interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

interface FusedConvolution {
  readonly x: Tensor;
  readonly filter: Tensor;
  readonly bias: Tensor;
  readonly strides: readonly [number, number];
  readonly pad: readonly (readonly [number, number])[];
}

/** The part of TensorFlow.js that is used. */
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  enableProdMode(): void;
  env(): { set(flag: string, value: boolean): void };
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  readonly fused: { conv2d(convolution: FusedConvolution): Tensor };
  grads(f: (...inputs: Tensor[]) => Tensor): (inputs: Tensor[], dOutput: Tensor) => Tensor[];
  dispose(tensors: readonly Tensor[]): void;
}

/** TensorFlow.js on one thread; argument: the backend, `cpu` or `wasm`. */
await serve(async () => {
  const [backend] = process.argv.slice(2);
  const tf = requirePeer<TensorFlow>('@tensorflow/tfjs-core');
  requirePeer(`@tensorflow/tfjs-backend-${backend}`);
  // Its threads do not start in Node.
  if (backend === 'wasm') tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.enableProdMode();
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error(`the backend ${backend} does not start`);
  let last: readonly Tensor[] = [];
  const prepare = (what: Case): Prepared => {
    tf.dispose(last);
    last = [];
    const compute = computation(tf, what);
    return {
      repeat(times) {
        for (let i = 0; i < times; i++) {
          tf.dispose(last);
          last = compute();
        }
      },
      digest: () => sumOfSquares(...last.map((tensor) => tensor.dataSync())),
    };
  };
  return { version: peerVersion('@tensorflow/tfjs-core'), prepare };
});

function computation(tf: TensorFlow, what: Case): () => readonly Tensor[] {
  if (what.kind === 'gemm') return product(tf, what);
  if (what.kind === 'convolution') return convolution(tf, what);
  throw new Error('left out: its wasm has no gradient of a convolution, its cpu takes minutes');
}

function filled(tf: TensorFlow, shape: readonly number[], seed: number): Tensor {
  return tf.tensor(fill(new Float32Array(shape.reduce((a, b) => a * b)), seed), shape);
}

function product(tf: TensorFlow, { M, K, N }: GemmCase): () => readonly Tensor[] {
  const A = filled(tf, [M, K], SEEDS.a);
  const B = filled(tf, [K, N], SEEDS.b);
  return () => [tf.matMul(A, B)];
}

function convolution(tf: TensorFlow, { ways, geometry }: ConvolutionCase): () => readonly Tensor[] {
  const { B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX } = geometry;
  const image = filled(tf, [B, InY, InX, InC], SEEDS.image);
  const weights = filled(tf, [KnY, KnX, InC, KnC], SEEDS.weights);
  const biases = filled(tf, [KnC], SEEDS.biases);
  const pad = [[0, 0], [Py, Py], [Px, Px], [0, 0]] as const; // prettier-ignore
  const forward = (x: Tensor, filter: Tensor, bias: Tensor) =>
    tf.fused.conv2d({ x, filter, bias, strides: [Sy, Sx], pad });
  if (ways === 'forward') return () => [forward(image, weights, biases)];
  const dOutput = filled(tf, [B, OpY, OpX, KnC], SEEDS.dOutput);
  const gradients = tf.grads(forward);
  return () => gradients([image, weights, biases], dOutput);
}
