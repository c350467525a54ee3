import { convGeometry, type InputSize, type NetworkDescription, type TrainingPlan } from '@im2grade/nn';

/** One layer's sizes, for one image. */
interface LayerCost {
  /** The size of its output. */
  readonly units: number;
  /** Elements of the matrix that `Im2Mat` makes for it. */
  readonly matrix: number;
  readonly parameters: number;
  /** Multiply-accumulates of the forward pass. */
  readonly products: number;
}

/** What a network costs, by the shapes of its layers. */
export interface NetworkCost extends LayerCost {
  /** The output of the last layer. */
  readonly outputs: number;
}

/** What a training costs. */
export interface PlanCost {
  readonly parameters: number;
  readonly outputs: number;
  /** Of activations, matrices and parameters, each with its gradient. */
  readonly bytes: number;
  /** Multiply-accumulates, or operations that take as long. */
  readonly operations: number;
}

/** What a plan is applied to. */
export interface Work {
  /** Images that it is trained on, in each epoch. */
  readonly training: number;
  /** Images that the network answers afterwards. */
  readonly answered: number;
}

/** Of a number in double precision and its gradient. */
const BYTES = 16;
/** The forward pass, the parameters' gradient, the input's gradient. */
const WAYS = 3;
/** A step of Adam on one parameter takes as long as this many multiply-accumulates. */
const STEP = 64;
/**
 * A unit is written and read again in every pass, whatever its layer computes; SoftMax takes an exponential for each.
 */
const UNIT = 12;

/**
 * What a described network costs. Nothing is built, and nothing overflows: with the sizes that a plan may have, forty
 * layers and their products stay far below the largest double.
 *
 * @throws Error naming the layer that does not fit the one before
 */
export function networkCost({ layers }: NetworkDescription, input: InputSize): NetworkCost {
  let image: InputSize | undefined = input;
  let outputs = input.InY * input.InX * input.InC;
  const sum = { units: outputs, matrix: 0, parameters: 0, products: 0 };
  layers.forEach((layer, i) => {
    try {
      const { cost, next } = layerCost(layer, image, outputs);
      for (const name of ['units', 'matrix', 'parameters', 'products'] as const) sum[name] += cost[name];
      [image, outputs] = [next, cost.units];
    } catch (error) {
      throw new Error(`layer ${i + 1} (${layer.type}): ${(error as Error).message}`, { cause: error });
    }
  });
  return { ...sum, outputs };
}

/** One layer after `inputs` numbers, which are an image until a linear layer has flattened them. */
function layerCost(
  layer: NetworkDescription['layers'][number],
  image: InputSize | undefined,
  inputs: number,
): { cost: LayerCost; next: InputSize | undefined } {
  if (layer.type === 'conv') {
    if (!image) throw new Error('a convolution cannot follow a linear layer: there is no image left');
    const { type: _, ...sizes } = layer;
    const g = convGeometry({ ...image, Py: (sizes.KnY - 1) / 2, Px: (sizes.KnX - 1) / 2, ...sizes });
    const [pixels, patch] = [g.OpY * g.OpX, g.KnY * g.KnX * g.InC];
    const cost = {
      units: pixels * g.KnC,
      matrix: pixels * patch,
      parameters: patch * g.KnC + g.KnC,
      products: pixels * patch * g.KnC,
    };
    return { cost, next: { InY: g.OpY, InX: g.OpX, InC: g.KnC } };
  }
  if (layer.type !== 'linear') return { cost: { units: inputs, matrix: 0, parameters: 0, products: 0 }, next: image };
  const { size } = layer;
  const cost = { units: size, matrix: 0, parameters: inputs * size + size, products: inputs * size };
  return { cost, next: undefined };
}

/**
 * What a training by this plan costs, and the answers afterwards.
 *
 * @throws Error naming the layer that does not fit the one before
 */
export function planCost(
  { description, batchSize, epochs }: TrainingPlan,
  input: InputSize,
  { training, answered }: Work,
): PlanCost {
  const { units, matrix, parameters, products, outputs } = networkCost(description, input);
  const perImage = products + matrix + UNIT * units;
  const steps = epochs * Math.floor(training / batchSize);
  return {
    parameters,
    outputs,
    // Parameters and gradients; the optimiser's moments; temporary copies.
    bytes: BYTES * (batchSize * (units + matrix) + 3 * parameters),
    operations: WAYS * perImage * steps * batchSize + perImage * answered + STEP * parameters * steps,
  };
}
