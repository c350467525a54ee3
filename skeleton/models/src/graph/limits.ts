/**
 * What a model may need at most. They are checked from the sizes alone, before anything is computed. ResNet18 on images of
 * 256×256 has 11 million parameters, 2.4 billion multiply-adds and 11 million numbers between its nodes.
 */
export const LIMITS = {
  nodes: 1000,
  /** Numbers of the model itself. */
  parameters: 32_000_000,
  /** Multiply-adds for an image, or steps that take as long. */
  work: 5_000_000_000,
  /** Of one value for an image. */
  axes: 6,
  /** Numbers of one value for an image. */
  elements: 4_000_000,
  /** Numbers of all values for an image. */
  allElements: 24_000_000,
} as const;
