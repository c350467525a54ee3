import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { writeHandout } from './writeHandout.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = new Map([['src/relu.ts', 'export {};\n']]);

test.each(['handout', 'handout.zip'])('%s is written whole, and not at all after an interruption', async (name) => {
  const out = join(folder, name);
  await expect(writeHandout(FILES, out, 'relu', AbortSignal.abort())).rejects.toThrow('aborted');
  expect(readdirSync(folder)).not.toContainEqual(expect.stringContaining(name));
  await writeHandout(FILES, out, 'relu', new AbortController().signal);
  expect(readdirSync(folder)).toEqual([name]);
  rmSync(out, { recursive: true });
});
