import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './writeWhole.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('writes text and bytes, over what was there, and leaves nothing else', async () => {
  const path = join(folder, 'a', 'page.html');
  await writeWhole(path, 'first');
  await writeWhole(path, Buffer.from('second'));
  expect(await readFile(path, 'utf8')).toBe('second');
  expect(await readdir(join(folder, 'a'))).toEqual(['page.html']);
});

test('leaves nothing behind when the target cannot be taken', async () => {
  const path = join(folder, 'target');
  await mkdir(path);
  await writeFile(join(path, 'inside'), '');
  await expect(writeWhole(path, 'text')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['target']);
});

test('leaves the old file and nothing else when the content cannot be written', async () => {
  const path = join(folder, 'report.json');
  await writeWhole(path, 'old');
  await expect(writeWhole(path, 42 as unknown as string)).rejects.toThrow();
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['report.json']);
});
