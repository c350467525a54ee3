import { shellPath } from '../common/shellWord.ts';
import { ownCommand } from '../host/ownCommand.ts';
import type { ScoreReport } from '../model/report.ts';

/** The commands that grade a submission again on the same inputs, as a POSIX shell reads them. */
export interface GradingCommands {
  readonly all: string;
  /** @param id - the criterion that is examined */
  only(id: string): string;
}

interface Graded {
  /** What follows the command, word by word: the submission's path, or `class` and the class's. */
  readonly words: readonly string[];
  readonly assignment: string;
  readonly seed: number;
}

/** The commands for a submission, or for the class that it is in. */
export function gradingCommands({ words, assignment, seed }: Graded): GradingCommands {
  const command = `${ownCommand} ${words.map(shellPath).join(' ')} --assignment ${assignment}`;
  return { all: `${command} --seed ${seed}`, only: (id) => `${command} --only ${id} --seed ${seed}` };
}

/** A report with these commands in place of its own. */
export const withCommands = (report: ScoreReport, commands: GradingCommands): ScoreReport => ({
  ...report,
  grading: { ...report.grading, command: commands.all },
  outcomes: report.outcomes.map((outcome) => ({ ...outcome, replay: commands.only(outcome.id) })),
});
