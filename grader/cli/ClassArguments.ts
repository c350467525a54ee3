import * as z from 'zod';
import { COUNTS } from '../gradebook/store/tables.ts';
import { ISOLATION_CHOICES } from '../isolation/sandboxFor.ts';

const Text = z.string().optional();

/** What `grade class` was given, as far as it decides what is graded and where it goes. */
export const ClassArguments = z.object({
  submissions: z.string(),
  assignment: Text,
  only: z.array(z.string()).optional(),
  seed: Text,
  jobs: Text,
  isolation: z.enum(ISOLATION_CHOICES),
  due: Text,
  deadlines: Text,
  handedIn: Text,
  roster: Text,
  json: z.boolean(),
  out: Text,
  report: z.array(z.string()),
  gradebook: Text,
  counts: z.enum(COUNTS).optional(),
});
type Parsed = z.infer<typeof ClassArguments>;
export type ClassArguments = { readonly [K in keyof Required<Parsed>]: Parsed[K] };
