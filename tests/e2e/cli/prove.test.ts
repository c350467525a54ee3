import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ProofReport } from '../../../grader/model/proofReport.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const SAMPLE = ['prove', 'modular-nets', '--mutate', '--sample', '3', '--out', 'proofs'];

function timesOfJournal(folder: string): number[] {
  const journal = join(folder, 'proofs/modular-nets/.journal');
  return readdirSync(journal).map((file) => statSync(join(journal, file)).mtimeMs);
}

test('a seeded sample is examined, saved, and not examined again', () =>
  inFolder({}, async (folder) => {
    const { code, stdout } = await runGrade([...SAMPLE, '--json'], folder);
    const report = ProofReport.parse(JSON.parse(stdout));
    const { killed, survived, equivalent, undecided } = report.totals;
    expect({ code, examined: killed + survived + equivalent, undecided }).toEqual({
      code: 0,
      examined: 3,
      undecided: 0,
    });
    expect(report.mutants).toHaveLength(3);
    expect(timesOfJournal(folder)).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(folder, 'proofs/modular-nets/proof.json'), 'utf8'))).toEqual(report);

    const writtenAt = timesOfJournal(folder);
    expect(await runGrade([...SAMPLE, '--json'], folder)).toMatchObject({ code: 0, stdout });
    expect(timesOfJournal(folder)).toEqual(writtenAt);
  }));

test('what cannot be proved is refused in one line', async () => {
  const refused = async (...args: string[]) => {
    const { code, stderr } = await runGrade(['prove', 'modular-nets', ...args], '.');
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    return stderr;
  };
  expect(await refused('--sample', '3')).toBe('grade: --sample is for --mutate\n');
  expect(await refused('--at-least', '97')).toBe('grade: --at-least is for --mutate\n');
  expect(await refused('--mutate', '--quick')).toBe('grade: --quick is not for --mutate; choose --sample\n');
  expect(await refused('--mutate', '--all', '--sample', '3')).toContain('--all and --sample exclude each other');
  expect(await refused('--mutate', '--at-least', '101')).toContain('must be a number of percent');
});
