import * as z from 'zod';

/** A layer as Keras describes it; what it may have beside this depends on its class. */
const Layer = z.object({
  class_name: z.string().max(100),
  name: z.string().max(200).optional(),
  config: z.looseObject({ name: z.string().max(200).optional() }).default({}),
  /** Of a model that is no sequence: the layers whose values it takes. */
  inbound_nodes: z.array(z.unknown()).optional(),
});
export type KerasLayer = z.infer<typeof Layer>;

const Layers = z.array(Layer).min(1).max(1000);
const Model = z.object({
  class_name: z.string(),
  config: z.union([Layers, z.looseObject({ layers: Layers, output_layers: z.unknown().optional() })]),
});

const Weight = z.object({
  name: z.string().max(300),
  shape: z.array(z.number().int().nonnegative()).max(6),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string() }).optional(),
});
export type WeightEntry = z.infer<typeof Weight>;

/** What `model.json` holds: the layers, and which weights are in which files. */
export const ModelJson = z.object({
  format: z.string().optional(),
  modelTopology: z.union([Model, z.object({ model_config: Model })]),
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string()).max(1000), weights: z.array(Weight).max(10_000) }))
    .max(1000),
});

export type ModelJson = z.infer<typeof ModelJson>;
