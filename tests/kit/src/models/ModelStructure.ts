import * as z from 'zod';

const Size = z.number().int().nonnegative();
const Name = z.string().max(200);
const Shape = z.array(Size).max(6);
const Pair = z.array(Size).length(2);
/** More than a reader admits. */
const MOST_NODES = 2000;

const Node = z.object({
  name: Name,
  source: Name,
  kind: z.enum([
    'activation',
    'arithmetic',
    'batch-norm',
    'concatenation',
    'convolution',
    'dense',
    'padding',
    'pooling',
    'reduction',
    'resampling',
    'reshape',
    'softmax',
    'transpose',
  ]),
  function: Name.optional(),
  inputs: z.array(Name).max(MOST_NODES),
  output: Name,
  shape: Shape,
  parameters: Size,
  hasBiases: z.boolean().optional(),
  window: z.object({ size: Pair, strides: Pair, dilations: Pair, padding: z.array(Pair).length(2) }).optional(),
  groups: Size.optional(),
  filters: Shape.optional(),
  slope: z.number().optional(),
});

/** The structure of a model that was handed in. */
const Structure = z.object({
  kind: z.literal('graph'),
  input: z.object({ shape: Shape, channels: z.enum(['first', 'last']) }),
  output: Shape,
  parameters: Size,
  /** Multiply-adds for an image, or steps that take as long. */
  work: z.number().nonnegative(),
  nodes: z.array(Node).max(MOST_NODES),
});

const NoModel = z.object({ kind: z.enum(['unknown', 'refused']), reason: z.string().max(2000) });

/** What the process that read a model says about it. */
export const ModelAnswer = z.discriminatedUnion('kind', [Structure, NoModel]);

/** What the process that read tensors says about them. */
export const TensorsAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tensors'),
    tensors: z.array(z.object({ name: Name, shape: z.array(Size).max(8) })).max(10_000),
  }),
  NoModel,
]);

export type ModelStructure = z.infer<typeof Structure>;
export type ModelNode = z.infer<typeof Node>;
export type NamedShape = Extract<z.infer<typeof TensorsAnswer>, { kind: 'tensors' }>['tensors'][number];
