import { availableParallelism } from 'node:os';
import type { Argv, CommandModule } from 'yargs';
import { COUNTS } from '../gradebook/store/tables.ts';
import { chooseEngine } from './chooseEngine.ts';
import type { ClassArguments } from './ClassArguments.ts';
import { DEADLINE_OPTIONS } from './deadlineOptions.ts';
import { ENGINE_OPTIONS, type EngineArguments } from './engineOptions.ts';
import { GRADEBOOK_OPTION } from './gradebookOption.ts';
import { ISOLATION_OPTION, REPORT_OPTION, SELECTION_OPTIONS } from './options.ts';
import { runClass } from './runClass.ts';

type Arguments = ClassArguments & EngineArguments;

/** `grade class <submissions>`: grades a whole class. */
export const classCommand = (root: string): CommandModule<object, Arguments> => ({
  command: 'class <submissions>',
  describe: 'Grade a folder or zip of submissions; the same command continues an interrupted class',
  builder: options as CommandModule<object, Arguments>['builder'] & object,
  handler: (given) => runClass(given, chooseEngine(root, given), root),
});

const options = (cli: Argv) =>
  cli
    .positional('submissions', {
      type: 'string',
      demandOption: true,
      describe:
        'Folder or .zip with a folder or an archive for each student, or as Canvas, Moodle, Gradescope and others download it',
    })
    .options(SELECTION_OPTIONS)
    .option('seed', {
      type: 'string',
      describe: 'Examine on the inputs of an earlier grading of the class',
    })
    .option('jobs', {
      alias: 'j',
      type: 'string',
      defaultDescription: String(availableParallelism()),
      describe: 'Submissions at a time; a team’s speed is measured alone',
    })
    .option('isolation', ISOLATION_OPTION)
    .options(ENGINE_OPTIONS)
    .options(DEADLINE_OPTIONS)
    .option('handed-in', { type: 'string', describe: 'CSV file with the columns student and handedIn' })
    .option('roster', {
      type: 'string',
      describe: 'CSV file of who is in the course, as Canvas, Moodle, Gradescope and others export it',
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print the class report as JSON only' })
    .option('out', { alias: 'o', type: 'string', describe: 'Folder for the reports (reports/<class>)' })
    .option('report', REPORT_OPTION)
    .option('gradebook', GRADEBOOK_OPTION)
    .option('counts', { choices: COUNTS, describe: 'Which attempt of a team counts, from now on (latest)' })
    .example('$0 class submissions.zip', 'as downloaded; reports in reports/submissions/')
    .example('$0 class submissions --only correctness', 'without speed and accuracy')
    .example('$0 class submissions --report student-page', 'also a page for each student to hand back')
    .example('$0 class submissions --deadlines course.yaml', 'due: 2026-11-20T09:00+01:00, extensions: { ada: 3 days }')
    .example('$0 class submissions.zip --roster students.csv', 'names, ids and addresses; who handed in nothing')
    .example('$0 class submissions.zip --engine redis://queue:6379', 'graded by grade worker on other machines')
    .example('$0 class submissions.zip --engine slurm --out results', 'jobs for a cluster; then grade gradebook ingest')
    .epilogue(
      'Exit codes: 0 done, whatever the scores, 2 bad usage, 3 the grader failed at a submission, 130 interrupted',
    );
