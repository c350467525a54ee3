import type { AmidOthers } from '@im2grade/tensor';
import type { Call } from '@im2grade/grader/model/examination.ts';

/** The same call of a function of tensors, with a call on other tensors before or after it. */
export const amidOthers = (call: Call, others: NonNullable<AmidOthers['others']>): Call => ({
  ...call,
  options: { ...(call.options as object), others },
});
