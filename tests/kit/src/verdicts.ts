import type { Evidence } from '@im2grade/grader/model/evidence.ts';

/**
 * A criterion is not met; the evidence shows what was asked, expected and got.
 *
 * @example
 * ```ts
 * throw new CriterionFailure('the learning rate must fall', [{ type: 'remark', message: 'epoch 2: 0.1, epoch 3: 0.2' }]);
 * ```
 */
export class CriterionFailure extends Error {
  override readonly name = 'CriterionFailure';
  readonly evidence: readonly Evidence[];
  constructor(reason: string, evidence: readonly Evidence[] = []) {
    super(reason);
    this.evidence = evidence;
  }
}

/**
 * What is asked cannot be decided here, which is not the student's fault: the points stay pending.
 *
 * @example
 * ```ts
 * throw new Undecided('the test images are not here; `npm run setup-cifar` fetches them');
 * ```
 */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

/** What a suite may return instead of simply returning (passed) or throwing `CriterionFailure` (failed). */
export interface Verdict {
  readonly status: 'passed' | 'partial' | 'failed' | 'inconclusive' | 'not-measurable';
  readonly credit: number;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/**
 * A share of the points, 0..1.
 *
 * @example
 * ```ts
 * credit(2 / 3, '2 of 3 answers are right'); // partial
 * credit(1, ''); // passed
 * ```
 */
export function credit(share: number, reason: string, evidence: readonly Evidence[] = []): Verdict {
  const bounded = Math.min(1, Math.max(0, share));
  const status = bounded === 1 ? 'passed' : bounded === 0 ? 'failed' : 'partial';
  return { status, credit: bounded, reason, evidence };
}

/** This machine cannot measure it; the points stay pending. */
export function notMeasurable(reason: string): Verdict {
  return { status: 'not-measurable', credit: 0, reason, evidence: [] };
}

/**
 * The measurement does not allow a verdict; the points stay pending.
 *
 * @example
 * ```ts
 * inconclusive('the checkpoint was trained on other digits');
 * ```
 */
export function inconclusive(reason: string, evidence: readonly Evidence[] = []): Verdict {
  return { status: 'inconclusive', credit: 0, reason, evidence };
}
