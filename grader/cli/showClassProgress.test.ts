import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { showClassProgress } from './showClassProgress.ts';

test('what other machines are doing is shown anew while no grading ends', async () => {
  const screen = Object.assign(new PassThrough(), { isTTY: true, columns: 120, rows: 24 });
  let text = '';
  screen.on('data', (piece: Buffer) => (text += piece.toString()));
  const term = process.env['TERM'];
  process.env['TERM'] = 'xterm';
  let queued = 3;
  const progress = showClassProgress(screen as unknown as NodeJS.WriteStream, () => `${queued} queued`);
  try {
    progress.begin('correctness', 3);
    progress.started('ada');
    while (!text.includes('3 queued')) await sleep(20);
    queued = 1;
    while (!text.includes('1 queued')) await sleep(20);
    expect(text).toContain('0/3 correctness');
  } finally {
    progress.stop();
    if (term === undefined) delete process.env['TERM'];
    else process.env['TERM'] = term;
  }
});
