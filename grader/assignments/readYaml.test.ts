import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as z from 'zod';
import { readYaml } from './readYaml.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'im2grade-yaml-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const Schema = z.strictObject({
  due: z.string().optional(),
  points: z.number().nonnegative().optional(),
  names: z.array(z.string()).min(1).optional(),
});

test.each([
  ['', 'course.yaml:1:1: the file is empty'],
  ['# only a comment\n', 'the file is empty'],
  ['- a\n', 'must be a list of names with values'],
  ['points: many\n', 'course.yaml:1:9: points: must be a number'],
  ['points: -1\n', 'points: must be at least 0'],
  ['names: []\n', 'names: must be at least 1 long'],
  ['dues: x\n', 'unknown: "dues"; is it misspelt?'],
  ['due: [a, b\nnames: x\n', 'the indentation does not fit the lines above, or a bracket is not closed there'],
  ['due: "a\n', 'a closing bracket, a quotation mark, a comma or a colon is missing'],
  ['due: a\ndue: b\n', 'a name is there twice'],
])('%j: %s', (text, message) => {
  writeFileSync(join(folder, 'course.yaml'), text);
  expect(() => readYaml(join(folder, 'course.yaml'), Schema)).toThrow(message);
});

test('a file that cannot be read', () => {
  expect(() => readYaml(join(folder, 'no.yaml'), Schema)).toThrow('no.yaml: cannot be read: no such file');
  expect(() => readYaml(folder, Schema)).toThrow('cannot be read: it is a folder');
});
