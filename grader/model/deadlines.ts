import * as z from 'zod';
import { momentOf, secondsOf } from '../common/time.ts';
import { Moment } from './time.ts';

/** More time for one student: a duration, or a due date of their own. */
const Extension = z.string().transform((text, context) => {
  const [seconds, dueAt] = [secondsOf(text), momentOf(text)];
  if (seconds !== undefined) return { seconds };
  if (dueAt !== undefined) return { dueAt };
  context.addIssue({
    code: 'custom',
    message: `"${text}" must be a duration, like 3 days, or a due date with its zone, like 2026-11-27T09:00Z`,
  });
  return z.NEVER;
});
export type Extension = z.infer<typeof Extension>;

/** A course's file of due date, extensions and hand-in times, all by students' ids, names or addresses. */
export const Deadlines = z.strictObject({
  due: Moment.optional(),
  extensions: z.record(z.string(), Extension).default({}),
  /** For downloads that do not say when something was handed in; these take precedence over what a download says. */
  handedIn: z.record(z.string(), Moment).default({}),
});
export type Deadlines = z.infer<typeof Deadlines>;
