/** The columns that a file of curves may have beside `epoch`. */
export const CURVE_NAMES = [
  'train_loss',
  'validation_loss',
  'test_loss',
  'train_accuracy',
  'validation_accuracy',
  'test_accuracy',
] as const;
export type CurveName = (typeof CURVE_NAMES)[number];

/** What was measured during a training. */
export interface Curves {
  /** As they were written: an epoch may be missing or there twice. */
  readonly epochs: readonly number[];
  /** A value for each of the epochs; NaN if there is no number. */
  readonly values: Readonly<Partial<Record<CurveName, readonly number[]>>>;
}
