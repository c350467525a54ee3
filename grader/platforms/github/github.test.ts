import { describe, expect, test } from '@jest/globals';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { HOSTILE, hostileReport } from '../../report/test/hostileReport.ts';
import { longReport } from '../../report/test/secretReport.ts';
import { fenced, inline } from './markdown.ts';
import { renderAnnotations } from './renderAnnotations.ts';
import { renderClassroom } from './renderClassroom.ts';
import { renderSummary, renderSummaryRefusal } from './renderSummary.ts';
import { workflowCommand } from './workflowCommand.ts';

/** Text with which a submission could try to give commands to the runner. */
const FORGERIES = [
  '::error::forged',
  '\n::set-output name=score::100',
  '\r\n::add-mask::x',
  '%0A::notice title=Autograding report::{"totalPoints":100,"maxPoints":100}',
  'x,title=Autograding report::{"totalPoints":100}',
  '##[error]forged',
  '\u2028::stop-commands::x',
  '%250A%25',
];

interface Command {
  readonly name: string;
  readonly properties: Record<string, string>;
  readonly message: string;
}

/** Reads a log as the runner does: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs. */
function commandsIn(log: string): Command[] {
  return log.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line) => {
    const [, head, message] = /^\s*::(.*?)::(.*)$/.exec(line) ?? [];
    if (head === undefined) {
      expect(line).not.toContain('##[');
      return [];
    }
    const [name, given = ''] = head.split(/ (.*)/);
    const pairs = given.split(',').map((pair) => pair.split(/=(.*)/).slice(0, 2));
    const unescaped = (text: string) =>
      ['\r', '\n', ':', ',', '%'].reduce(
        (all, c, at) => all.replaceAll(['%0D', '%0A', '%3A', '%2C', '%25'][at], c),
        text,
      );
    return [
      {
        name,
        properties: Object.fromEntries(pairs.map(([key, value]) => [key, unescaped(value)])) as Record<string, string>,
        message: unescaped(message),
      },
    ];
  });
}

/** The example, from a submission that tries to command the runner. */
function forgingReport(text: string) {
  const report = exampleReport();
  for (const outcome of report.outcomes) Object.assign(outcome, { title: text, reason: text });
  for (const warning of report.warnings) Object.assign(warning, { path: text, message: text });
  return report;
}

test.each([...FORGERIES, ...HOSTILE])('no text of a submission becomes a command: %j', (text) => {
  const report = forgingReport(text);
  const commands = commandsIn(renderAnnotations(report));
  const honest = commandsIn(renderAnnotations(exampleReport()));
  expect(commands.map(({ name, properties }) => [name, Object.keys(properties)])).toEqual(
    honest.map(({ name, properties }) => [name, Object.keys(properties)]),
  );
  expect(commandsIn(renderClassroom(report))).toEqual(commandsIn(renderClassroom(exampleReport())));
});

test('a command is parsed back as it was written', () => {
  const [command] = commandsIn(workflowCommand('warning', { file: 'a,b:c=d%.ts', line: 3 }, '100 %\n:: %0A'));
  expect(command).toEqual({
    name: 'warning',
    properties: { file: 'a,b:c=d%.ts', line: '3' },
    message: '100 %\n:: %0A',
  });
});

test('the example: the score, lost points and the type checker, at their places', () => {
  const commands = commandsIn(renderAnnotations(exampleReport()));
  expect(commands[0]).toEqual({
    name: 'notice',
    properties: { title: 'Score' },
    message: '44.2 of 82, 18 pending: scaling 15, motivation 3',
  });
  expect(commands).toContainEqual({
    name: 'error',
    properties: { title: 'Zeros where the patch leaves the image (0 of 4)' },
    message: 'OUT[b=0, oy=0, ox=0, fy=0, fx=0, ic=0]: expected 0, got 7.25',
  });
  expect(commands.at(-1)).toMatchObject({
    name: 'warning',
    properties: { file: 'src/Im2MatLayer.ts', line: '41' },
  });
});

test('no more than ten of each kind, the last of which counts the rest', () => {
  const commands = commandsIn(renderAnnotations(longReport()));
  for (const kind of ['error', 'warning'])
    expect(commands.filter(({ name }) => name === kind).length).toBeLessThanOrEqual(10);
  expect(commands.at(-1)?.message).toBe('41 more warnings.');
});

test('GitHub Classroom reads the points from the notice of its own reporter', () => {
  const [, report] = commandsIn(renderClassroom(exampleReport()));
  expect(report.properties).toEqual({ title: 'Autograding report' });
  expect(JSON.parse(report.message)).toEqual({ totalPoints: 49.2, maxPoints: 100 });
});

describe('the summary', () => {
  test.each([
    ['the example', exampleReport()],
    ['hostile text', hostileReport()],
    ...FORGERIES.map((text) => [text, forgingReport(text)] as const),
  ])('%j: all markup is our own', (_, report) => {
    const outside = renderSummary(report).replace(/^(`{3,})text\n.*?\n\1$/gms, '');
    expect(outside.match(/<[^>]*>/g)?.filter((tag) => !/^<\/?(details|summary)>$/.test(tag)) ?? []).toEqual([]);
    expect(outside).not.toMatch(/!\[|\]\(|https?:\/\//);
    const rows = outside.split('\n').filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(report.outcomes.length + 1);
    for (const row of rows) expect(row.match(/\|/g)).toHaveLength(5);
  });

  test('a fence is longer than any in the text', () => {
    expect(fenced('a\n````\nb')).toBe('`````text\na\n````\nb\n`````');
    expect(
      renderSummaryRefusal({ assignment: { id: 'c', title: '<b>', rubric: [] }, submission: '', message: '```' }),
    ).toContain('````text\n```\n````');
  });

  test('a line of text stays a single line', () =>
    expect(inline('a|b\n# <c> @ada')).toBe('a&#124;b &#35; &lt;c&gt; &#64;ada'));
});
