import type { Assignment, Criterion } from '../assignment.ts';
import { missingFunctions } from '../jest/missingFunctions.ts';
import type { TestResult } from '../jest/readResults.ts';

/** The public tests by question, and what they leave open. */
export function renderScore({ title, rubric }: Assignment, results: readonly TestResult[]): string {
  const groups = [...new Set([...rubric, ...results].map(({ group }) => group))];
  const lines = groups.flatMap((name) =>
    groupLines(
      name,
      results.filter(({ group }) => group === name),
    ),
  );
  return [
    title,
    '',
    ...lines,
    '',
    `public ${share(results)}`,
    '',
    ...rest(rubric.flatMap((group) => group.criteria)),
    'npm run hand-in makes the archive to hand in, and checks it.',
  ].join('\n');
}

/** What the public tests leave open. */
function rest(criteria: readonly Criterion[]): string[] {
  const also = ['speed', 'accuracy'].filter((name) => criteria.some(({ kind }) => kind === name));
  const hidden = criteria.filter(({ visibility }) => visibility !== 'visible').length;
  const counted = `${criteria.length} ${criteria.length === 1 ? 'criterion' : 'criteria'}`;
  const ofThem = hidden === 0 ? '' : `, ${hidden} of which ${hidden === 1 ? 'is' : 'are'} hidden`;
  return [
    'This is only the public part: small examples with fixed numbers. What you hand in is examined on new inputs',
    `${also.length > 0 ? `and for ${also.join(' and ')}, ` : ''}by ${counted}${ofThem}.`,
  ];
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
