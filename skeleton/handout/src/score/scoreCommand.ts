import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assignment, readAssignment } from '../assignment.ts';
import { EXIT } from '../errors.ts';
import { startJest } from '../jest/startJest.ts';
import { readResults, type TestResult } from './readResults.ts';

/** `grade` without arguments: the public tests, counted by question. */
export async function scoreCommand(): Promise<number> {
  const assignment = readAssignment('.');
  console.log(render(assignment, await runTests()));
  return EXIT.fine;
}

async function runTests(): Promise<TestResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-score-'));
  try {
    const results = join(folder, 'results.json');
    await once(startJest(['--json', `--outputFile=${results}`], 'ignore'), 'exit');
    return readResults(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function render({ title, rubric }: Assignment, results: readonly TestResult[]): string {
  const groups = [...new Set([...rubric, ...results].map(({ group }) => group))];
  const lines = groups.flatMap((name) =>
    groupLines(
      name,
      results.filter(({ group }) => group === name),
    ),
  );
  const criteria = rubric.flatMap((group) => group.criteria);
  const hidden = criteria.filter(({ visibility }) => visibility !== 'visible').length;
  return [
    title,
    '',
    ...lines,
    '',
    `public ${share(results)}`,
    '',
    'This is only the public part: small examples with fixed numbers. What you hand in is examined on new inputs,',
    `for speed and for accuracy, by ${criteria.length} criteria of which ${hidden} are hidden.`,
  ].join('\n');
}

const share = (tests: readonly TestResult[]): string =>
  `${tests.filter(({ failure }) => failure === undefined).length}/${tests.length}`;

function groupLines(name: string, tests: readonly TestResult[]): string[] {
  if (tests.length === 0) return [];
  const failures = tests.filter(({ failure }) => failure !== undefined);
  return [
    `${share(tests).padStart(5)}  ${name}`,
    ...failures.map(({ title, failure }) => `       ✗ ${title}: ${failure}`),
  ];
}
