import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { foundAt } from './foundAt.ts';

test('nothing is at a path that leads nowhere, through a file or to a name that is too long', () => {
  const folder = mkdtempSync(join(tmpdir(), 'found-'));
  try {
    writeFileSync(join(folder, 'class.zip'), '');
    expect(foundAt(folder)?.isDirectory()).toBe(true);
    expect(foundAt(join(folder, 'class.zip'))?.isFile()).toBe(true);
    for (const name of ['ada', 'class.zip/ada', 'x'.repeat(5000)]) expect(foundAt(join(folder, name))).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
