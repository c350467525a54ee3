import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';

/** A function that a test called and that is not written yet. */
export interface MissingFunction {
  readonly name: string;
  /** Which question asks for it, and what it asks. */
  readonly question: string | undefined;
  /** `src/im2col.ts:17` */
  readonly place: string | undefined;
}

/** One public test. */
export interface TestResult {
  /** The question that it belongs to: a group of the rubric. */
  readonly group: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** The first line of what went wrong. */
  readonly failure?: string;
  /** The reason of the failure if it is only that. */
  readonly missing?: MissingFunction;
}

export interface TestResults {
  readonly tests: readonly TestResult[];
  /** Files of tests that could not be loaded, with the reason: their tests cannot be counted. */
  readonly unloaded: readonly { readonly path: string; readonly reason: string }[];
}

/** What `reporter.mjs` sends. */
const Message = z.array(
  z.object({
    path: z.string(),
    fault: z.string().optional(),
    tests: z.array(
      z.object({
        ancestorTitles: z.array(z.string()),
        title: z.string(),
        status: z.string(),
        isUnwritten: z.boolean(),
        failure: z.string().optional(),
      }),
    ),
  }),
);
type Test = z.infer<typeof Message>[number]['tests'][number];

/** Reads the reporter's message about a run. */
export function readResults(message: unknown): TestResults {
  // Jest runs files in an order that depends on earlier runs.
  const files = Message.parse(message).sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    tests: files.flatMap(({ tests }) => tests.map(resultOf)),
    unloaded: files.flatMap(({ path, fault }) =>
      fault === undefined ? [] : [{ path: inFolder(path), reason: firstLine(fault) }],
    ),
  };
}

function resultOf({ ancestorTitles, title, status, isUnwritten, failure }: Test): TestResult {
  const test = { group: ancestorTitles[0] ?? '', title };
  if (status !== 'failed') return { ...test, status: status === 'passed' ? status : 'skipped' };
  const text = failure ?? status;
  return {
    ...test,
    status,
    failure: firstLine(text),
    ...(isUnwritten && { missing: missingFunction(text) }),
  };
}

/** What `NotImplementedError` says; on a team it also names the member. */
const UNWRITTEN = /^(?<name>.*) is not written yet(?: \((?<question>.*?)\))?(?: \(rank \d+\))?$/;

function missingFunction(failure: string): MissingFunction {
  const first = firstLine(failure);
  const { name, question } = UNWRITTEN.exec(first)?.groups ?? { name: first };
  return { name, question, place: placeOf(failure) };
}

const FRAME = /^\s*at (?:.*\()?(?<path>[^()]+):(?<line>\d+):\d+\)?$/m;

/** The place of the assignment's own code from which an error came. */
function placeOf(failure: string): string | undefined {
  const { path, line } = FRAME.exec(stripVTControlCharacters(failure))?.groups ?? {};
  if (path === undefined) return undefined;
  const own = inFolder(path.startsWith('file:') ? fileURLToPath(path) : path);
  return own.startsWith('src/') ? `${own}:${line}` : undefined;
}

const inFolder = (path: string): string => relative('.', path).split(sep).join('/');

/** A failure's message, without Jest's headings and the error's class. */
function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('●') && line !== 'Test suite failed to run');
  return (first ?? '').replace(/^\w*Error: /, '');
}
