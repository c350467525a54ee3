import { type Assignment, readAssignment } from '../assignment.ts';
import { EXIT, UsageError } from '../errors.ts';
import { missingFunctions } from '../jest/missingFunctions.ts';
import type { TestResult } from '../jest/readResults.ts';
import { startJest } from '../jest/startJest.ts';

/** `grade` without arguments: the public tests, counted by question. */
export async function scoreCommand(): Promise<number> {
  const assignment = readAssignment('.');
  console.log(render(assignment, await runTests()));
  return EXIT.fine;
}

/** @throws UsageError if not all tests can be counted */
async function runTests(): Promise<readonly TestResult[]> {
  const { results } = await startJest([], 'ignore').ended;
  if (!results) throw new UsageError('the public tests cannot be run; npm test shows why');
  const [unloaded] = results.unloaded;
  if (unloaded) throw new UsageError(`${unloaded.path} cannot be run, npm test shows why: ${unloaded.reason}`);
  return results.tests;
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
    'npm run hand-in makes the archive to hand in, and checks it.',
  ].join('\n');
}

const share = (tests: readonly TestResult[]): string =>
  `${tests.filter(({ status }) => status === 'passed').length}/${tests.length}`;

function groupLines(name: string, tests: readonly TestResult[]): string[] {
  if (tests.length === 0) return [];
  const wrong = tests.filter(({ status, missing }) => status !== 'passed' && !missing);
  return [
    `${share(tests).padStart(5)}  ${name}`,
    ...missingFunctions(tests).map(
      ({ name, place }) => `       ✗ ${name} is not written yet${place ? `: ${place}` : ''}`,
    ),
    ...wrong.map(({ title, status, failure }) => `       ✗ ${title}: ${failure ?? status}`),
  ];
}
