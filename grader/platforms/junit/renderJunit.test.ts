import { describe, expect, test } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { hostileReport } from '../../report/test/hostileReport.ts';
import { renderJunit, renderJunitRefusal } from './renderJunit.ts';
import { element, xmlDocument } from './xml.ts';

interface Node {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Node[];
  text: string;
}

/** Reads a document with a parser that refuses everything that XML 1.0 does not allow. */
function read(document: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => (open.at(-1)!.text += text));
  parser.on('closetag', () => void open.pop());
  parser.write(document).close();
  return root.children[0];
}

const named = (node: Node, name: string): Node[] => node.children.filter((child) => child.name === name);
const RESULTS = ['failure', 'error', 'skipped'];

describe.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s', (_, make) => {
  const report = make();
  const root = read(renderJunit(report));
  const suites = named(root, 'testsuite');
  const cases = suites.flatMap((suite) => named(suite, 'testcase'));

  test('has a case per criterion, with its points', () => {
    expect(root.name).toBe('testsuites');
    expect(cases.map(({ attributes }) => attributes['classname'])).toEqual(report.outcomes.map(({ id }) => id));
    const [first] = cases;
    expect(named(named(first, 'properties')[0], 'property').map(({ attributes }) => attributes)).toEqual([
      { name: 'points', value: '6' },
      { name: 'max_points', value: '6' },
    ]);
  });

  test('every case has at most one result', () => {
    for (const testcase of cases)
      expect(testcase.children.filter(({ name }) => RESULTS.includes(name)).length).toBeLessThanOrEqual(1);
  });

  test('the counts match the cases', () => {
    for (const [node, within] of [
      [root, cases],
      ...suites.map((suite): [Node, Node[]] => [suite, named(suite, 'testcase')]),
    ] as [Node, Node[]][]) {
      const count = (result: string) => String(within.filter((each) => named(each, result).length > 0).length);
      expect(node.attributes).toMatchObject({
        tests: String(within.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
      expect(node.attributes['time']).toMatch(/^\d+\.\d{3}$/);
      expect(node.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    }
  });
});

test('lost points are failures, a crash is an error, pending points are skipped', () => {
  const cases = named(read(renderJunit(exampleReport())), 'testsuite').flatMap((suite) => named(suite, 'testcase'));
  const results = new Map(
    cases.map(({ attributes, children }) => [
      attributes['classname'],
      children.find(({ name }) => RESULTS.includes(name))?.name,
    ]),
  );
  expect(Object.fromEntries(results)).toMatchObject({
    'im2mat.definition': undefined,
    'im2mat.padding': 'failure',
    'mat2im.coverage': 'error',
    'conv2d.float32': 'failure',
    'speed.scaling': 'skipped',
  });
});

test('a submission that cannot be graded is an error', () => {
  const refusal = {
    assignment: { id: 'conv', title: 'Conv', rubric: [] },
    submission: 'ada',
    message: 'a\n\x1b[31m<b>',
  };
  const root = read(renderJunitRefusal(refusal));
  expect(root.attributes).toMatchObject({ tests: '1', errors: '1', failures: '0' });
  expect(root.children[0].children[0].children[0]).toMatchObject({ name: 'error', text: 'a\n<b>' });
});

test('characters that XML does not allow are replaced, and all others are preserved', () => {
  const text = ' a\n\t"b" & <c> ]]> é 🎉 ';
  const root = read(xmlDocument(element('a', { b: text, c: undefined }, [text, '\0\x0b\ufffe\uffff'])));
  expect(root.attributes).toEqual({ b: text });
  expect(root.text).toBe(`${text}${'\ufffd'.repeat(4)}`);
});
