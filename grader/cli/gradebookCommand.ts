import type { Argv, CommandModule } from 'yargs';
import { decimal } from '../common/decimal.ts';
import { foldedText } from '../common/foldedText.ts';
import { nothingHandedIn } from '../gradebook/nothingHandedIn.ts';
import { setPolicy } from '../gradebook/store/assignments.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { pseudonymOf } from '../gradebook/store/people.ts';
import { sectionsIn } from '../gradebook/store/enrolments.ts';
import { type Overview, overviewOf } from '../gradebook/store/overview.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWholeFrom } from '../host/files/writeWholeFrom.ts';
import type { CourseRow } from '../model/course.ts';
import { UsageError } from '../model/errors.ts';
import { type CourseForm, courseCsv, courseJson, coursePage, courseText } from '../report/gradebook/courseForms.ts';
import { printableLine } from '../report/text/printable.ts';
import { ingestCommand } from './batch/ingestCommand.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';

interface GradebookArguments {
  readonly assignment: string | undefined;
  readonly gradebook: string | undefined;
  readonly json: boolean;
  readonly csv: boolean;
  readonly out: string | undefined;
  readonly anonymous: boolean;
  readonly weight: string[] | undefined;
  readonly section: string | undefined;
}

/** `grade gradebook [assignment]`: what everyone has. */
export const gradebookCommand = (root: string): CommandModule<object, GradebookArguments> => ({
  command: 'gradebook [assignment]',
  describe: 'Show the course’s gradebook: students × assignments, with totals',
  builder: ((cli: Argv) =>
    onlyHere(cli, ['assignment', 'gradebook', 'json', 'csv', 'out', 'anonymous', 'section', 'weight'])
      .command(ingestCommand(root))
      .positional('assignment', { type: 'string', describe: 'Only this one' })
      .option('gradebook', GRADEBOOK_OPTION)
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .option('csv', { type: 'boolean', default: false, describe: 'Print CSV' })
      .option('out', { alias: 'o', type: 'string', describe: 'Write a .html, .csv or .json file instead' })
      .option('anonymous', {
        type: 'boolean',
        default: false,
        describe: 'Pseudonyms instead of names and ids, the same over the course',
      })
      .option('section', { type: 'string', describe: 'Only students of this section of the roster' })
      .option('weight', {
        type: 'string',
        array: true,
        describe: 'ASSIGNMENT=SHARE of the total, from now on; without any, points are added up',
      })
      .example('$0 gradebook', 'everyone, every assignment')
      .example('$0 gradebook conv2d-gemm --csv', '')
      .example('$0 gradebook --section "Lab 2"', 'as the roster calls it')
      .example('$0 gradebook --out gradebook.html', 'a page')
      .example('$0 gradebook --weight conv2d-gemm=40 modular-nets=60', 'totals in percent')) as CommandModule<
    object,
    GradebookArguments
  >['builder'] &
    object,
  handler: (given) =>
    withKnownGradebook(given.gradebook, (book) => show(book, given), given.weight === undefined ? 'read' : 'change'),
});

/** Keeps options from the commands below: what those do not have, they must not seem to take. */
function onlyHere(cli: Argv, options: readonly string[]): Argv {
  // The types of yargs lack the second argument.
  const global = cli.global.bind(cli) as (names: readonly string[], isGlobal: boolean) => Argv;
  return global(options, false);
}

async function show(book: CourseGradebook, given: GradebookArguments): Promise<void> {
  const chosen = [given.json && '--json', given.csv && '--csv', given.out !== undefined && '--out'].filter(Boolean);
  if (chosen.length > 1) throw new UsageError(`choose one of ${chosen.join(' and ')}`);
  const form = formOf(given);
  if (given.out !== undefined) await requireWritable([given.out]);
  await setWeights(book, given.weight ?? []);
  const overview = await overviewOf(book, given.assignment);
  if (given.assignment !== undefined && overview.columns.length === 0) throw nothingHandedIn(given.assignment);
  const isWanted = given.section === undefined ? () => true : await inSection(book, given.section);
  const pieces = piecesOf(form, { ...overview, pages: filtered(overview.pages, isWanted) }, given.anonymous);
  if (given.out === undefined) {
    for await (const piece of pieces) await print(piece);
    return;
  }
  await writeWholeFrom(given.out, pieces);
  process.stdout.write(`Saved ${printableLine(given.out)}\n`);
}

async function* piecesOf(form: CourseForm, overview: Overview, isAnonymous: boolean): AsyncGenerator<string> {
  yield form.begin(overview);
  const pages = isAnonymous ? anonymousPages(overview.pages) : overview.pages;
  for await (const rows of pages) yield form.rows(rows, overview);
  yield form.end();
}

async function* filtered(pages: Overview['pages'], isWanted: (row: CourseRow) => boolean): Overview['pages'] {
  for await (const rows of pages) yield rows.filter(isWanted);
}

/**
 * Whether a student is in a section: a roster may name several in one cell.
 *
 * @throws UsageError if nobody is in it
 */
async function inSection(book: CourseGradebook, wanted: string): Promise<(row: CourseRow) => boolean> {
  const isIn = (cell: string) =>
    [cell, ...cell.split(SEPARATOR)].some((each) => foldedText(each) === foldedText(wanted));
  const all = await book.read(sectionsIn);
  if (!all.some(isIn))
    throw new UsageError(
      `--section ${wanted}: ${all.length === 0 ? 'no roster has said who is in which section' : `no such section; available: ${all.join(', ')}`}`,
    );
  return ({ section }) => isIn(section);
}

/** Canvas writes `A and B`, others `A; B` or `A, B`. */
const SEPARATOR = /;|,| and /u;

/** @throws UsageError if the file's name does not say in which form */
function formOf({ json, csv, out }: GradebookArguments): CourseForm {
  const kind = out === undefined ? (json ? 'json' : csv ? 'csv' : 'text') : /\.(html|csv|json)$/iu.exec(out)?.[1];
  switch (kind?.toLowerCase()) {
    case 'json':
      return courseJson();
    case 'csv':
      return courseCsv;
    case 'html':
      return coursePage();
    case 'text':
      return courseText;
    default:
      throw new UsageError(`--out ${out}: the name must end in .html, .csv or .json`);
  }
}

/** @throws UsageError if one of them is wrong; nothing is changed then */
async function setWeights(book: CourseGradebook, texts: readonly string[]): Promise<void> {
  const weights = texts.map(weightOf);
  const twice = weights.find(({ id }, at) => weights.findIndex((each) => each.id === id) !== at);
  if (twice) throw new UsageError(`--weight: ${twice.id} is given more than once`);
  const { columns } = await overviewOf(book);
  const unknown = weights.find(({ id }) => !columns.some((column) => column.id === id));
  if (unknown) throw nothingHandedIn(unknown.id);
  for (const { id, weight } of weights) await setPolicy(book, id, { weight });
}

function weightOf(text: string): { id: string; weight: number } {
  const [, id, share] = /^([^=]+)=(.*)$/u.exec(text) ?? [];
  const weight = decimal(share ?? '');
  if (id !== undefined && weight >= 0) return { id, weight };
  throw new UsageError(`--weight ${text}: must be ASSIGNMENT=SHARE, like conv2d-gemm=40`);
}

/** Waits while a pipe is full. */
async function print(text: string): Promise<void> {
  const { stdout } = process;
  if (text === '' || stdout.destroyed || stdout.write(text)) return;
  await new Promise<void>((resolve) => {
    for (const event of ['drain', 'close', 'error']) stdout.once(event, () => resolve());
  });
}

/** The order of the names would say whose a pseudonym is. */
async function* anonymousPages(pages: AsyncIterable<CourseRow[]>): AsyncGenerator<CourseRow[]> {
  const rows: CourseRow[] = [];
  for await (const page of pages) rows.push(...page.map(anonymous));
  yield rows.sort((a, b) => (a.student.name < b.student.name ? -1 : 1));
}

const anonymous = (row: CourseRow): CourseRow => ({
  ...row,
  student: { id: row.student.id, name: pseudonymOf(row.student.id), ids: {} },
});
