import * as z from 'zod';
import {
  isTooLong,
  LONGEST_DAYS,
  type Span as SpanValue,
  spanOf,
  type ZonedMoment,
  zonedMomentOf,
} from '../common/time.ts';
import { MOMENT_FORM, Span, TOO_LONG, Zone } from './time.ts';

/** More time for one student: a duration, or a due date of their own. */
export type Extension = { readonly span: SpanValue } | { readonly dueAt: string };

const Days = z.coerce.number().int().nonnegative().max(LONGEST_DAYS);

/** Days that a student may be late without giving a reason, in the whole course. */
export const SlipDays = z.strictObject({
  allowed: Days,
  /** For one assignment; all of them if left out. */
  atMost: Days.optional(),
  /** Spent on other assignments, by student; for these students it takes precedence over what the gradebook knows. */
  used: z.record(z.string(), Days).default({}),
});
export type SlipDays = z.infer<typeof SlipDays>;

/** What a course's file says of everybody: when the assignment is due, and what is allowed on top. */
export const CourseDeadline = z.strictObject({
  due: z.strictObject({ at: z.string(), zone: z.string() }),
  grace: z.strictObject({ days: z.number(), seconds: z.number() }).optional(),
  slipDays: SlipDays.optional(),
});
export type CourseDeadline = z.infer<typeof CourseDeadline>;

/** Names in a course's file that mean those of one hand-in. */
export interface NamesOf {
  readonly all: readonly string[];
  /** Those whose hand-in times are the hand-in's. */
  readonly timed: readonly string[];
}

/** A course's file of due date, extensions and hand-in times, all by students' ids, names or addresses. */
export interface Deadlines {
  readonly due?: ZonedMoment | undefined;
  /** True if nobody gave this due date now: the gradebook kept it, for those of whom it has none. */
  readonly isKept?: boolean | undefined;
  /** Lateness up to this long is none. */
  readonly grace?: SpanValue | undefined;
  readonly slipDays?: SlipDays | undefined;
  readonly extensions: Readonly<Record<string, Extension>>;
  /** True if nobody else has an extension. */
  readonly isOfAll?: boolean | undefined;
  /** For downloads that do not say when something was handed in; these take precedence over what a download says. */
  readonly handedIn: Readonly<Record<string, string>>;
  /** Students whose hand-in time is written there and cannot be read, with the place. */
  readonly unreadable: readonly string[];
  /** The names by which these deadlines mean those of each hand-in of a class, by the folder of its report; undefined outside a class. */
  readonly names?: ReadonlyMap<string, NamesOf> | undefined;
}

export const NO_DEADLINES: Deadlines = { extensions: {}, handedIn: {}, unreadable: [] };

/** A cell that is blank, or that YAML takes for a number, is text as well. */
const AnyText = z.unknown().transform((value) => (value === null || value === undefined ? '' : String(value)));

/** JavaScript loses an entry of this name without a word. */
const LOST = '__proto__';
const byStudent = <T extends z.ZodType>(value: T) =>
  z
    .unknown()
    .refine((given) => typeof given !== 'object' || given === null || !Object.hasOwn(given, LOST), {
      message: `no student can be called ${LOST} here; use an id or an address`,
    })
    .pipe(z.record(z.string(), value))
    .default({});

/** Times without a zone are in the file's `zone`. A hand-in time that cannot be read concerns that student only. */
export const Deadlines = z
  .strictObject({
    zone: Zone.optional(),
    due: z.string().optional(),
    grace: Span.optional(),
    slipDays: SlipDays.optional(),
    extensions: byStudent(z.string()),
    handedIn: byStudent(AnyText),
  })
  .transform(({ zone, due: dueText, grace, slipDays, ...written }, context): Deadlines => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const due = dueText === undefined ? undefined : zonedMomentOf(dueText, zone);
    if (dueText !== undefined && due === undefined) refuse(['due'], `"${dueText}" must be ${MOMENT_FORM}`);
    const extensions: Record<string, Extension> = {};
    for (const [student, text] of Object.entries(written.extensions)) {
      const extension = extensionOf(text, zone);
      if (extension && 'span' in extension && isTooLong(extension.span))
        refuse(['extensions', student], `"${text}" ${TOO_LONG}`);
      else if (extension) extensions[student] = extension;
      else refuse(['extensions', student], `"${text}" must be a duration, like 3 days, or ${MOMENT_FORM}`);
    }
    const handedIn: Record<string, string> = {};
    const unreadable: string[] = [];
    for (const [student, text] of Object.entries(written.handedIn)) {
      const moment = zonedMomentOf(text, zone);
      if (moment) handedIn[student] = moment.at;
      else unreadable.push(`${student} ("${text}" in handedIn)`);
    }
    return { due, grace, slipDays, extensions, handedIn, unreadable };
  });

function extensionOf(text: string, zone: string | undefined): Extension | undefined {
  const [span, moment] = [spanOf(text), zonedMomentOf(text, zone)];
  if (span !== undefined) return { span };
  return moment && { dueAt: moment.at };
}
