import type { Visibility } from '../../model/assignment.ts';
import { ScoreReport } from '../../model/report.ts';
import { exampleReport } from './exampleReport.ts';

/** A word and a number that occur only in the evidence of criteria that are not public. */
export const SECRETS = ['hiddenWord', '314159.2653'] as const;

/**
 * The example with a secret everywhere a criterion of this visibility could reveal one; all its criteria lost points.
 */
export function secretReport(visibility: Exclude<Visibility, 'visible'>): ScoreReport {
  const report = exampleReport();
  const [word, number] = SECRETS;
  const [definition, padding, ...others] = report.outcomes;
  const evidence: ScoreReport['outcomes'][number]['evidence'] = [
    {
      type: 'counterexample',
      law: word,
      message: word,
      cause: word,
      inputs: [{ name: word, axes: [{ name: 'i', size: 1 }], values: [Number(number)] }],
      replay: {
        name: word,
        options: { [word]: Number(number) },
        inputs: [word],
        outputs: [1],
        compared: { of: 'outputs', index: 0 },
        exact: true,
        against: 'expected',
      },
    },
    { type: 'misbehaviour', what: 'threw', message: `${word} ${number}` },
    { type: 'remark', message: word },
  ];
  const secret = { status: 'failed', earned: 0, reason: `${word} ${number}`, replay: word, evidence } as const;
  return ScoreReport.parse({
    ...report,
    outcomes: [
      { ...definition, ...secret, visibility },
      padding,
      ...others.map((outcome) => ({ ...outcome, ...secret, status: outcome.status, visibility })),
    ],
  });
}

/** The example from a submission in which every text is very long. */
export function longReport(): ScoreReport {
  const report = exampleReport();
  const long = 'é '.repeat(300_000);
  return {
    ...report,
    submission: { ...report.submission, name: long },
    outcomes: report.outcomes.map((outcome) => ({ ...outcome, status: 'failed', earned: 0, reason: long })),
    warnings: Array.from({ length: 50 }, () => ({ path: 'src/a.ts', line: 1, message: long })),
  };
}
