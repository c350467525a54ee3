import * as z from 'zod';

/**
 * The systems that give people ids. `sid` is the university's number, `login` its login name; the others are numbers
 * and handles of the platforms' own.
 */
export const IdSystem = z.enum([
  'sid',
  'login',
  'canvas',
  'moodle',
  'gradescope',
  'github',
  'blackboard',
  'brightspace',
  'ilias',
]);

/** A person who hands in, as far as a roster, a download or, last of all, a folder's name says. */
export const Student = z.strictObject({
  /** As it is shown; never empty. */
  name: z.string().min(1),
  email: z.string().optional(),
  /** Text, because leading zeros count. */
  ids: z.partialRecord(IdSystem, z.string().min(1)),
});

export type IdSystem = z.infer<typeof IdSystem>;
export type Student = z.infer<typeof Student>;
