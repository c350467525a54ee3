import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { readResults } from './readResults.ts';
import { renderResults } from './renderResults.ts';

/** One test's part of the reporter's message. */
const result = (title: string, status: 'passed' | 'failed' | 'pending', failure?: string) => ({
  ancestorTitles: ['Question 1: Im2Mat', 'the whole'],
  title,
  status,
  isUnwritten: failure?.startsWith('NotImplementedError') ?? false,
  failure,
});

const stub = (message: string, frame: string): string =>
  `NotImplementedError: ${message}\n    at ${frame}\n    at callIm2Mat (${process.cwd()}/test/calls.ts:8:25)`;
const unwritten = (title: string, rank = '') =>
  result(
    title,
    'failed',
    stub(
      `Im2Mat is not written yet (question 1: copy f(x))${rank}`,
      rank ? '/lib/Team.ts:1:2' : `Im2MatLayer.Im2Mat (${process.cwd()}/src/Im2MatLayer.ts:32:11)`,
    ),
  );

const rendered = (...tests: ReturnType<typeof result>[]): string[] =>
  renderResults(readResults([{ path: '/a.test.ts', tests }]), false).split('\n');

const NEXT = [
  '  npx grade        the public tests, counted by question',
  '  npm run hand-in  the archive to hand in, checked',
  '',
];

test('tests that wait for the same function are one line, whichever thread met it', () => {
  expect(rendered(unwritten('a', ' (rank 1)'), unwritten('b'), unwritten('c'), result('d', 'passed'))).toEqual([
    'Not written yet, with the tests that wait for it:',
    '  Im2Mat  src/Im2MatLayer.ts:32  3 tests  question 1: copy f(x)',
    '',
    'Tests: 3 failed, 1 passed, 4 total',
    '',
    '  npm test -- -t "Question 1: Im2Mat"  only these tests',
    '  npx grade                            the public tests, counted by question',
    '  npm run hand-in                      the archive to hand in, checked',
    '',
  ]);
});

test('a stub that names no question, in a module of its own', () => {
  const module = stub('relu is not written yet', `file://${process.cwd()}/src/relu.ts:6:9`);
  expect(rendered(result('a', 'failed', module))[1]).toBe('  relu  src/relu.ts:6  1 test');
});

test('other failures are only counted: Jest has shown them', () => {
  expect(rendered(result('a', 'failed', 'Error: x'), result('b', 'pending'))[0]).toBe(
    'Tests: 1 failed, 1 skipped, 2 total',
  );
});

test('if every test passes, the next step is to hand in', () => {
  expect(rendered(result('a', 'passed'))).toEqual(['Tests: 1 passed, 1 total', '', ...NEXT]);
});

test('if every test is skipped, no name has matched', () => {
  expect(rendered(result('a', 'pending'), result('b', 'pending')).slice(0, 2)).toEqual([
    'Tests: 2 skipped, 2 total',
    'No test was run: none has a name that matches.',
  ]);
});

test('a file that cannot be loaded is named', () => {
  const results = readResults([{ path: `${process.cwd()}/test/laws.test.ts`, fault: 'SyntaxError: x', tests: [] }]);
  expect(results.unloaded).toEqual([{ path: 'test/laws.test.ts', reason: 'x' }]);
  expect(renderResults(results, false).split('\n').slice(0, 2)).toEqual([
    'Tests: 0 total',
    'Not counted, because the file cannot be loaded: test/laws.test.ts',
  ]);
});

test('the pattern is one that any shell passes on as it is', () => {
  const odd = { ...result('a', 'failed', 'x'), ancestorTitles: ['f("$x", 1)'] };
  expect(rendered(odd).join('\n')).toContain('npm test -- -t "f...x., 1."');
});

test('colours change nothing but the colour', () => {
  const results = readResults([{ path: '/a.test.ts', tests: [unwritten('a'), result('b', 'passed')] }]);
  const coloured = renderResults(results, true);
  expect(coloured).toContain('\u001b[33mIm2Mat\u001b[39m');
  expect(stripVTControlCharacters(coloured)).toBe(renderResults(results, false));
});
