import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Counterexample } from '../../../grader/model/evidence.ts';
import type { Outcome, ScoreReport } from '../../../grader/model/report.ts';
import { GRADEBOOK_FORMAT_NAMES, parseWanted, REPORT_FORMAT_NAMES } from '../../../grader/platforms/formats.ts';
import { mutate, readMutants } from '../../../grader/honesty/keptMutants.ts';
import { assignmentOf, deliverablesIn, gradeFiles } from '../support/gradeFiles.ts';

const assignment = assignmentOf('conv2d-gemm');
const right = new Map([
  ...deliverablesIn(assignment, assignment.folders.reference),
  ...deliverablesIn(assignment, join(assignment.folders.tests, 'naive')),
]);

/** All formats that a student may receive: our own document is for teachers. */
const FORMS = [...REPORT_FORMAT_NAMES, ...GRADEBOOK_FORMAT_NAMES].filter((name) => name !== 'json');

const hidden = ({ outcomes }: ScoreReport): Outcome[] => outcomes.filter(({ visibility }) => visibility !== 'visible');

/** The numbers of counterexamples that cannot occur by chance: payloads have sixteen digits. */
const literals = (outcomes: readonly Outcome[]): string[] =>
  outcomes
    .flatMap(({ evidence }) => evidence)
    .filter((evidence): evidence is Counterexample => evidence.type === 'counterexample')
    .flatMap(({ inputs, expected, got }) => [...inputs, ...(expected ? [expected] : []), ...(got ? [got] : [])])
    .flatMap(({ values }) => values.map(String))
    .filter((number) => number.length > 9)
    .map((number) => number.replace('-', '').slice(0, 9));

/** All formats, with the files that a page contains decoded. */
async function shown(report: ScoreReport): Promise<string> {
  const texts = await Promise.all(FORMS.map((name) => parseWanted(name).format.render(report)));
  const carried = texts
    .flatMap((text) => [...text.matchAll(/data:application\/json;base64,([\w+/=]+)/g)])
    .map(([, data]) => Buffer.from(data, 'base64').toString());
  return [...texts, ...carried].join('\n');
}

const mutants = new Map(readMutants(assignment.folders.tests).map((mutant) => [mutant.name, mutant]));

describe.each([
  ['im2mat-first-image-only', 'im2mat.batch'],
  ['im2mat-right-only-when-square', 'im2mat.non-square'],
  ['mat2im-published', 'mat2im.adjoint'],
  ['input-gradient-accumulates', 'conv2d.backward-overwrite'],
])('%s', (name, lost) => {
  test.concurrent(
    `shows a public input on which ${lost} is lost, and no hidden one`,
    async () => {
      const files = mutate(mutants.get(name)!, right);
      const report = await gradeFiles(assignment, name, files, [lost], 271828);
      const [outcome] = hidden(report);
      const secrets = literals([outcome]);
      expect({ status: outcome.status, secrets: secrets.length > 0 }).toEqual({ status: 'failed', secrets: true });
      const text = await shown(report);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      const instead = literals([{ ...outcome, ...outcome.publicFailure! }]);
      expect(instead.some((number) => text.includes(number))).toBe(true);
    },
    600_000,
  );
});

/** Escaped for a regular expression. */
const PRINTED = "String(value).replace('-', '').slice(0, 9)";
const FILE = 'src/Im2MatLayer.ts';
const REMEMBER = '[seen, INP[0]] = [[...seen, ...INP].slice(-48), INP[0] + 1];';

/** An Im2Mat that is wrong for images of 12 numbers, and remembers them; Mat2Im prints them when a public criterion is lost. */
const TALKATIVE = {
  name: 'talkative',
  edits: [
    ['export class Im2MatLayer', 'let seen: number[] = [];\nexport class Im2MatLayer'],
    ['    OUT.fill(0);\n', `    if (INP.length === 12) ${REMEMBER}\n    OUT.fill(0);\n`],
    ['    dError_dInput.fill(0);\n', `    throw new Error(seen.map((value) => ${PRINTED}).join(' '));\n`],
  ].map(([find, replace]) => ({ file: FILE, find, replace, all: false })),
};

test('what a submission says about public inputs cannot reveal hidden ones', async () => {
  const files = mutate(TALKATIVE, right);
  const report = await gradeFiles(assignment, TALKATIVE.name, files, ['im2mat', 'mat2im.definition'], 271828);
  const said = report.outcomes.find(({ id }) => id === 'mat2im.definition')!.reason;
  const secrets = literals(hidden(report));
  const open = literals(report.outcomes.map(({ publicFailure, ...outcome }) => ({ ...outcome, ...publicFailure! })));
  expect(open.filter((number) => said.includes(number)).length).toBeGreaterThan(0);
  expect(secrets.length).toBeGreaterThan(0);
  const text = await shown(report);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});
