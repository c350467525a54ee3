import type { Case, ConvolutionCase, GemmCase } from '../Case.ts';
import { peerVersion, requirePeer } from '../process/requirePeer.ts';
import { type Prepared, serve } from '../process/serve.ts';
import { fill, SEEDS, sumOfSquares } from '../data.ts';
import { onnxModel, type OnnxTensor } from '../onnx/model.ts';

interface Tensor {
  readonly data: Float32Array;
}

type Tensors = Record<string, Tensor>;

/** The part of ONNX Runtime that is used. */
interface OnnxRuntime {
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => Tensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { intraOpNumThreads: number; interOpNumThreads: number },
    ): Promise<{ run(inputs: Tensors, outputs: Tensors): Promise<Tensors> }>;
  };
}

interface Operation {
  readonly operator: string;
  readonly attributes: Readonly<Record<string, readonly number[]>>;
  readonly inputs: readonly OnnxTensor[];
  readonly output: OnnxTensor;
  /** Of the inputs that are not constants. */
  readonly values: Readonly<Record<string, Float32Array>>;
}

/** ONNX Runtime, channels first, kernels known in advance; argument: the threads. */
await serve(() => {
  const threads = Number(process.argv[2]);
  const ort = requirePeer<OnnxRuntime>('onnxruntime-node');
  const prepare = async (what: Case): Promise<Prepared> => {
    const { operator, attributes, inputs, output, values } = operation(what);
    const model = onnxModel(operator, attributes, inputs, output);
    const session = await ort.InferenceSession.create(model, { intraOpNumThreads: threads, interOpNumThreads: 1 });
    const tensor = ({ name, shape }: OnnxTensor) =>
      new ort.Tensor('float32', values[name] ?? new Float32Array(shape.reduce((a, b) => a * b)), shape);
    const feeds = Object.fromEntries(
      inputs.filter(({ name }) => values[name]).map((input) => [input.name, tensor(input)]),
    );
    const outputs = { [output.name]: tensor(output) };
    return {
      async repeat(times) {
        for (let i = 0; i < times; i++) await session.run(feeds, outputs);
      },
      digest: () => sumOfSquares(outputs[output.name].data),
    };
  };
  return { version: peerVersion('onnxruntime-node'), prepare };
});

function operation(what: Case): Operation {
  if (what.kind === 'gemm') return product(what);
  if (what.kind === 'convolution' && what.ways === 'forward') return convolution(what);
  throw new Error('runs models but does not train');
}

function product({ M, K, N }: GemmCase): Operation {
  return {
    operator: 'MatMul',
    attributes: {},
    inputs: [
      { name: 'A', shape: [M, K] },
      { name: 'B', shape: [K, N] },
    ],
    output: { name: 'C', shape: [M, N] },
    values: { A: fill(new Float32Array(M * K), SEEDS.a), B: fill(new Float32Array(K * N), SEEDS.b) },
  };
}

function convolution({ geometry }: ConvolutionCase): Operation {
  const { B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX } = geometry;
  const image = fill(new Float32Array(B * InY * InX * InC), SEEDS.image);
  const weights = fill(new Float32Array(KnY * KnX * InC * KnC), SEEDS.weights);
  const biases = fill(new Float32Array(KnC), SEEDS.biases);
  return {
    operator: 'Conv',
    attributes: { strides: [Sy, Sx], pads: [Py, Px, Py, Px] },
    inputs: [
      { name: 'image', shape: [B, InC, InY, InX] },
      {
        name: 'weights',
        shape: [KnC, InC, KnY, KnX],
        values: transposed(transposed(weights, KnY * KnX * InC, KnC), KnY * KnX, InC),
      },
      { name: 'biases', shape: [KnC], values: biases },
    ],
    output: { name: 'output', shape: [B, KnC, OpY, OpX] },
    values: { image: transposed(image, InY * InX, InC) },
  };
}

/** Swaps rows and columns in each of the consecutive matrices. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const size = rows * columns;
  return values.map((_, to) => {
    const [matrix, at] = [Math.floor(to / size), to % size];
    return values[matrix * size + (at % rows) * columns + Math.floor(at / rows)];
  });
}
