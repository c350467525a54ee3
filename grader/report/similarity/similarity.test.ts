import { expect, test } from '@jest/globals';
import { Similarity } from '../../model/similarity.ts';
import { exampleSimilarity, hostileSimilarity } from '../test/exampleSimilarity.ts';
import { renderSimilarity } from './renderSimilarity.ts';
import { similarityHtml } from './similarityHtml.ts';

const STYLE = { width: 80, colour: false };

test.each([
  ['the example', exampleSimilarity],
  ['hostile text', hostileSimilarity],
])('%s is a document of its schema', (_, similarity) => expect(Similarity.parse(similarity())).toEqual(similarity()));

test('the page says first that it accuses nobody, and has no script', () => {
  const page = similarityHtml(exampleSimilarity());
  expect(page.indexOf('accuses nobody')).toBeLessThan(page.indexOf('98.0 %'));
  expect(page).toContain('do not show this page or its numbers to students');
  expect(page).not.toContain('<script');
  expect(page).toContain("default-src 'none'");
});

test('hostile text stays text, on the page and in the terminal', () => {
  const page = similarityHtml(hostileSimilarity());
  expect(page).not.toMatch(/<script|<img|<svg onload|\x1b|[\u202a-\u202e\u2066-\u2069]/u);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(renderSimilarity(hostileSimilarity(), STYLE)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
});

test('what is undecidable is said, and nothing of it is a pair', () => {
  const text = renderSimilarity(exampleSimilarity(), STYLE);
  expect(text).toContain('src/classify.ts: undecidable: so many are alike');
  expect(text).toContain('motivation.md: undecidable: too little code of their own');
});

test('who is alike and not judged is named, with the reason', () => {
  const text = renderSimilarity(exampleSimilarity(), { width: 200, colour: false });
  expect(text).toContain('src/classify.ts: alike, but not judged, because so many are: Ada Lovelace, Alan Turing\n');
});

test('a page never says that nothing is in common if something was left out', () => {
  const { pairs: _, ...rest } = exampleSimilarity();
  const pageOf = (leftOut: Similarity['leftOut']) => similarityHtml({ ...rest, pairs: [], clusters: [], leftOut });
  expect(pageOf([])).toContain('No two submissions have much code in common.');
  expect(pageOf(rest.leftOut)).not.toContain('No two submissions');
  expect(pageOf(rest.leftOut)).toContain('alike, but not judged');
});

test('lines fit the terminal', () => {
  for (const line of renderSimilarity(exampleSimilarity(), STYLE).split('\n'))
    expect(line.length).toBeLessThanOrEqual(80);
});

test('a class in which no pair stands out shows the most alike ones all the same', () => {
  const { pairs, ...rest } = exampleSimilarity();
  const quiet = { ...rest, pairs: pairs.map((pair) => ({ ...pair, standsOut: false })), clusters: [], more: 0 };
  const page = similarityHtml(quiet);
  expect(page).toContain('No pair stands out.');
  expect(page).not.toContain('<svg');
  expect(renderSimilarity(quiet, STYLE)).toMatch(/; no pair\s+stands out\n/);
});
