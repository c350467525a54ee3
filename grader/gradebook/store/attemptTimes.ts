import * as z from 'zod';
import { shownMoment } from '../../common/time.ts';
import type { HandInTimes } from '../../score/handInTimes.ts';

/** What a course allows on top of a due date. */
const Terms = z.strictObject({
  zone: z.string().optional(),
  grace: z.strictObject({ days: z.number(), seconds: z.number() }).optional(),
  slipDays: z.number().int().optional(),
});

/** The times of an attempt as the gradebook has them; texts are empty if nothing is known. */
interface Times {
  readonly due: string;
  readonly received: string;
  readonly terms: string;
}

/** The terms as the gradebook keeps them. */
export const termsText = ({ zone, grace, slipDays }: HandInTimes): string => JSON.stringify({ zone, grace, slipDays });

/** When an attempt was due, on the clock of its zone. */
export const shownDue = ({ due, terms }: Pick<Times, 'due' | 'terms'>): string =>
  shownMoment({ at: due, zone: termsIn(terms).zone ?? 'UTC' });

const termsIn = (terms: string) => Terms.parse(JSON.parse(terms === '' ? '{}' : terms));

/** When an attempt was due and when it was handed in, if the gradebook knows both. */
export const timesOfAttempt = ({ due, received, terms }: Times): HandInTimes | undefined =>
  due === '' || received === '' ? undefined : { dueAt: due, handedInAt: received, ...termsIn(terms) };
