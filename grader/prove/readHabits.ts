import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readYaml } from '../assignments/readYaml.ts';
import type { Habits } from './operators/habits.ts';

const Expressions = z.record(z.string(), z.string()).default({});

const Functions = z.array(
  z.strictObject({
    file: z.string(),
    inside: z.string(),
    ignores: Expressions,
    remembersBy: Expressions,
    outputs: z.array(z.string()).default([]),
    keepsFirst: z.string().optional(),
  }),
);

/**
 * The functions of an assignment, with the sizes and results that a mutant may confuse.
 *
 * @throws UsageError if the file is damaged
 */
export function readHabits(tests: string): readonly Habits[] {
  const path = join(tests, 'mutants', 'generated', 'functions.yaml');
  return existsSync(path) ? readYaml(path, Functions) : [];
}
