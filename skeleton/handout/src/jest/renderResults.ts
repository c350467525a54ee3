import { stripVTControlCharacters, styleText } from 'node:util';
import { missingFunctions } from './missingFunctions.ts';
import type { TestResult, TestResults } from './readResults.ts';

type Style = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

/** The end of what `npm test` prints, after Jest's own messages: what is not written yet, the counts, and what is next. */
export function renderResults(results: TestResults, isColoured: boolean): string {
  const style: Style = (name, text) => (isColoured ? styleText(name, text, { validateStream: false }) : text);
  const blocks = [unwritten(results.tests, style), counts(results, style), next(results.tests)];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Whether a pattern has left no test to run: Jest counts that as success. */
export const hasRunNone = ({ tests, unloaded }: TestResults): boolean =>
  unloaded.length === 0 && tests.every(({ status }) => status === 'skipped');

function unwritten(tests: readonly TestResult[], style: Style): string[] {
  const missing = missingFunctions(tests);
  if (missing.length === 0) return [];
  const rows = missing.map(({ name, place, question, waiting }) => [
    style('yellow', name),
    place ?? '',
    `${waiting} ${waiting === 1 ? 'test' : 'tests'}`,
    style('dim', question ?? ''),
  ]);
  return [style('bold', 'Not written yet, with the tests that wait for it:'), ...table(rows)];
}

/** As Jest prints them. */
function counts(results: TestResults, style: Style): string[] {
  const { tests, unloaded } = results;
  const count = (status: TestResult['status']) => tests.filter((test) => test.status === status).length;
  const [failed, skipped, passed] = [count('failed'), count('skipped'), count('passed')];
  const parts = [
    ...(failed > 0 ? [style('red', `${failed} failed`)] : []),
    ...(skipped > 0 ? [style('yellow', `${skipped} skipped`)] : []),
    ...(passed > 0 ? [style('green', `${passed} passed`)] : []),
    `${tests.length} total`,
  ];
  const files = unloaded.map(({ path }) => path).join(', ');
  return [
    `${style('bold', 'Tests:')} ${parts.join(', ')}`,
    ...(hasRunNone(results) ? [style('red', 'No test was run: none has a name that matches.')] : []),
    ...(files === '' ? [] : [style('red', `Not counted, because the file cannot be loaded: ${files}`)]),
  ];
}

function next(tests: readonly TestResult[]): string[] {
  const failed = tests.find(({ status }) => status === 'failed');
  // A pattern that any shell passes on as it is.
  const pattern = failed?.group.replace(/[^\p{L}\d\s:,-]/gu, '.');
  return table([
    ...(pattern ? [[`npm test -- -t "${pattern}"`, 'only these tests']] : []),
    ['npx grade', 'the public tests, counted by question'],
    ['npm run hand-in', 'the archive to hand in, checked'],
  ]);
}

/** Rows in columns, indented. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell + ' '.repeat(widths[column] - width(cell))).join('  ')}`.trimEnd(),
  );
}

const width = (cell: string): number => stripVTControlCharacters(cell).length;
