import { parse } from 'yaml';
import type { Answers } from './declarations.ts';

/** What `answers.yaml` says, or in one line why it cannot be read. */
export function readAnswers(text: string): Answers | string {
  let root: unknown;
  try {
    root = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
  return (path) =>
    path
      .split('.')
      .reduce<unknown>(
        (value, name) =>
          value !== null && typeof value === 'object' && Object.hasOwn(value, name)
            ? (value as Record<string, unknown>)[name]
            : undefined,
        root,
      );
}
