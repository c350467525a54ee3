import { readFile } from 'node:fs/promises';
import type { Argv, CommandModule } from 'yargs';
import { ClassReport } from '../model/classReport.ts';
import { Comparison } from '../model/comparison.ts';
import { UsageError } from '../model/errors.ts';
import { compareClasses, compareReports } from '../report/compare/compare.ts';
import { renderComparison } from '../report/compare/renderComparison.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { readJson } from '../report/json/readJson.ts';
import { terminalWidthAndColour } from './screen.ts';

interface CompareArguments {
  readonly first: string;
  readonly second: string;
  readonly all: boolean;
  readonly json: boolean;
}

/** `grade compare <first> <second>`: two saved reports side by side. */
export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <first> <second>',
  describe: 'Show two reports, or two classes, side by side',
  builder: (cli) => options(cli) as unknown as Argv<CompareArguments>,
  handler: run,
};

const options = (cli: Argv) =>
  cli
    .positional('first', { type: 'string', demandOption: true, describe: 'A report.json, or a class.json' })
    .positional('second', { type: 'string', demandOption: true, describe: 'What it is compared with' })
    .option('all', { type: 'boolean', default: false, describe: 'Show also what is the same in both' })
    .option('json', { type: 'boolean', default: false, describe: 'Print the comparison as JSON' })
    .example('$0 compare reports/ada/report.json next/ada/report.json', 'two gradings, or two attempts')
    .example('$0 compare reports/hw/class.json next/hw/class.json', 'a class, student by student')
    .epilogue('Exit codes: 0 compared, 2 no such report, or reports of different assignments');

async function run({ first, second, all, json }: CompareArguments): Promise<void> {
  const comparison = await compared(first, second);
  process.stdout.write(
    json
      ? `${controlsEscaped(JSON.stringify(Comparison.parse(comparison), undefined, 2))}\n`
      : renderComparison(comparison, { ...terminalWidthAndColour(process.stdout), all }),
  );
}

/** @throws UsageError if one of them is not a report, or they do not fit each other */
async function compared(first: string, second: string): Promise<Comparison> {
  const [one, other] = [await classIn(first), await classIn(second)];
  if (one && other) return compareClasses(one, other);
  if (one || other) throw new UsageError(`${first} and ${second}: one is a class, the other is not`);
  return compareReports(await readJson(first), await readJson(second));
}

/** Undefined if it is not a class report. */
async function classIn(path: string): Promise<ClassReport | undefined> {
  const text = await readFile(path, 'utf8').catch(() => 'null');
  const document = parsed(text);
  if ((document as { schema?: unknown } | null)?.schema !== 'im2grade/class-report') return undefined;
  const report = ClassReport.safeParse(document);
  if (report.success) return report.data;
  const [issue] = report.error.issues;
  throw new UsageError(
    `${path} is a class report that this grader cannot read: ${issue.path.join('.')}: ${issue.message}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
