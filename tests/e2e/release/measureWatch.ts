/**
 * How quickly `npm test -- --watch` answers a change: `npx tsx tests/e2e/release/measureWatch.ts FOLDER`, in a handout
 * that is installed and solved. Every other change breaks Im2Mat, so that an answer cannot be an earlier one's.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CHANGES = 20;
const PAUSE_MS = 500;
const ASKED_SECONDS = 2;

const [folder = '.'] = process.argv.slice(2);
const file = join(folder, 'src/Im2MatLayer.ts');
const good = readFileSync(file, 'utf8');
const broken = good.replace(/(Im2Mat\(INP[^{]*\{)/, "$1\n    throw new Error('broken');");

const child = spawn('npm', ['test', '--', '--watch'], {
  cwd: folder,
  detached: true,
  stdio: ['ignore', 'pipe', 'pipe'],
});
let heard = '';
let answered: (tests: string) => void = () => {};
for (const stream of [child.stdout, child.stderr])
  stream.on('data', (piece: Buffer) => {
    heard += piece.toString();
    const tests = /Tests: +(.*)\n[^]*waiting for a change/.exec(heard)?.[1];
    if (tests === undefined) return;
    heard = '';
    answered(tests);
  });
const nextAnswer = (): Promise<string> => new Promise((resolve) => (answered = resolve));

const seconds: number[] = [];
try {
  await nextAnswer();
  for (let i = 0; i < CHANGES; i++) {
    await sleep(PAUSE_MS);
    const isBroken = i % 2 === 0;
    const startedAt = performance.now();
    writeFileSync(file, isBroken ? broken : good);
    const tests = await nextAnswer();
    seconds.push((performance.now() - startedAt) / 1000);
    if (tests.includes('failed') !== isBroken) throw new Error(`not the answer to change ${i}: ${tests}`);
  }
} finally {
  writeFileSync(file, good);
  process.kill(-child.pid!);
}
seconds.sort((a, b) => a - b);
const [least, median, most] = [seconds[0], seconds[CHANGES >> 1], seconds[CHANGES - 1]].map((s) => s.toFixed(2));
console.log(`${CHANGES} changes answered in ${median} s (${least}–${most}), required ≤ ${ASKED_SECONDS}`);
