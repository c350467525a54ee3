import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { inFolder, runGrade } from '../../tests/e2e/support/runGrade.ts';
import { noSmallDisk, withSmallDisk } from '../../tests/e2e/support/smallDisk.ts';
import { reducedSandbox } from '../isolation/findSandbox.ts';
import { mergeFiles } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { EXIT, MachineFault, UngradableError } from '../model/errors.ts';
import { bundleSubmission } from './bundleSubmission.ts';
import { checkTypes } from './checkTypes.ts';
import { findToolchain, type Tool, type Toolchain } from './findToolchain.ts';

const assignment = assignmentOf('conv2d-gemm');
const reference = deliverablesIn(assignment, assignment.folders.reference);
const workspace = mergeFiles(assignment, reference);
const toolchain = findToolchain(ROOT, reducedSandbox(ROOT));
const [esbuild] = toolchain.esbuild.argv;
const [tsc] = toolchain.tsc.argv;

/** The file in which stand-ins for compilers record that they ran. */
const notes = mkdtempSync(join(tmpdir(), 'im2grade-notes-'));
beforeAll(() => chmodSync(notes, 0o777));
afterAll(() => rmSync(notes, { recursive: true, force: true }));

let counter = 0;

interface Fake extends Tool {
  /** How often it was started. */
  starts(): number;
}

/** A shell script in place of a compiler; `$program "$@"` in it runs the compiler. */
function standIn(program: string, script: string): Fake {
  const note = join(notes, String(counter++));
  writeFileSync(note, '');
  chmodSync(note, 0o666);
  const lines = [`program=${program}`, `note=${note}`, 'echo $$ >> $note', script];
  return {
    argv: ['/bin/sh', '-c', lines.join('\n'), 'sh'],
    folder: notes,
    starts: () => readFileSync(note, 'utf8').split('\n').length - 1,
  };
}

const bundled = (tool: Tool, of: Assignment = assignment) =>
  bundleSubmission({ ...toolchain, esbuild: tool }, of, workspace, { isJudged: true });

const faultOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error('nothing was thrown'),
    (error: Error) => error,
  );

const GO_CRASH = `printf 'fatal error: out of memory\\n\\nruntime stack:\\nruntime.throw(...)\\n' >&2; exit 2`;
const withOutput = (after: string) => `"$program" "$@" || exit 1\n${after}`;

const faults: readonly [what: string, script: string, message: RegExp][] = [
  ['is killed', 'kill -KILL $$', /it was killed/],
  ['is terminated', 'kill -TERM $$', /it was killed/],
  ['crashes in its runtime', GO_CRASH, /fatal error: out of memory; free memory/],
  [
    'cannot start threads',
    `echo 'runtime: failed to create new OS thread (have 2 already; errno=11)' >&2; exit 2`,
    /OS thread/,
  ],
  ['panics', `echo 'panic: runtime error: index out of range [3]' >&2; exit 2`, /panic: runtime error/],
  ['may use little address space', 'ulimit -v 300000; exec "$program" "$@"', /fatal error: .*; free memory/],
  ['may open few files', 'ulimit -n 5; exec "$program" "$@"', /failed in .*; raise the limit of open files/],
  [
    'writes to a full disk',
    `printf '✘ [ERROR] Failed to write to output file: write out/bundle.js: no space left on device\\n\\n' >&2; exit 1`,
    /no space left on device; free some space/,
  ],
  [
    'may not write',
    `printf '✘ [ERROR] Failed to write to output file: open out/bundle.js: permission denied\\n\\n' >&2; exit 1`,
    /permission denied; make the folder accessible/,
  ],
  [
    'cannot open a source, and blames who imports it',
    `printf '✘ [ERROR] Cannot read file "src/classify.ts": too many open files\\n\\n    src/entry.ts:1:22:\\n' >&2; exit 1`,
    /too many open files; raise the limit/,
  ],
  [
    'cannot list a folder, and blames who imports from it',
    `printf '✘ [ERROR] Could not resolve "./classify.ts"\\n\\n    src/entry.ts:1:22:\\n' >&2; exit 1`,
    /Could not resolve/,
  ],
  ['fails without output', 'exit 1', /exit code 1 and said nothing/],
  ['exits with 0 and leaves nothing', 'exit 0', /failed in .*bundle\.js/],
  ['leaves no metafile', withOutput('rm out/meta.json'), /failed in .*meta\.json/],
  [
    'leaves half a metafile',
    withOutput('head -c 200 out/meta.json > out/m; cat out/m > out/meta.json'),
    /damaged bundle/,
  ],
  [
    'leaves half a bundle',
    withOutput('head -c 200 out/bundle.js > out/b; cat out/b > out/bundle.js'),
    /damaged bundle/,
  ],
];

const noDisk = await noSmallDisk();

describe('the machine is at fault when the bundler', () => {
  test.each(faults)('%s', async (_, script, message) => {
    const tool = standIn(esbuild, script);
    const fault = await faultOf(bundled(tool));
    expect(fault).toBeInstanceOf(MachineFault);
    expect(fault.message).toMatch(message);
    expect(fault.message).not.toMatch(/\n/);
    expect(tool.starts()).toBe(2);
  });

  test('is missing', async () => {
    const fault = await faultOf(bundled({ argv: [join(notes, 'no-such-program')], folder: notes }));
    expect(fault).toBeInstanceOf(MachineFault);
    expect(fault.message).toMatch(/^no-such-program failed in .*; install the packages again/);
  });

  test.each(faults)('%s; a single failure is ignored', async (_, script) => {
    const tool = standIn(esbuild, `[ "$(wc -l < $note)" -gt 1 ] && exec "$program" "$@"\n${script}`);
    expect((await bundled(tool)).length).toBeGreaterThan(0);
    expect(tool.starts()).toBe(2);
  });

  if (noDisk !== undefined) test.skip(noDisk, () => {});
  (noDisk === undefined ? test : test.skip).each([60, 100])('works with %i kB of free space', (kilobytes) =>
    withSmallDisk(kilobytes, (disk) =>
      inFolder({}, async (folder) => {
        const args = [join(ROOT, 'reference/conv2d-gemm'), '--only', 'im2mat.definition', '--isolation', 'reduced'];
        const { code, stderr } = await runGrade(args, folder, { TMPDIR: disk });
        expect(stderr).toMatch(/no space left on device|ENOSPC|check whether the disk is full/);
        expect(code).toBe(EXIT.graderFailed);
      }),
    ),
  );
});

const patient: Assignment = { ...assignment, limits: { ...assignment.limits, buildSeconds: 60 } };
const hurried: Assignment = { ...assignment, limits: { ...assignment.limits, buildSeconds: 1 } };

/** Keeps a stand-in that has stopped itself paused for some seconds more, and continues it. */
async function wakeAfter(seconds: number, tool: Fake, note: string): Promise<void> {
  while (!existsSync(note) || readFileSync(note, 'utf8') === '') await sleep(20);
  await sleep(seconds * 1000);
  process.kill(Number(readFileSync(note, 'utf8').split('\n')[0]), 'SIGCONT');
  expect(tool.starts()).toBe(1);
}

const PAUSED = 'kill -STOP $$\nexec "$program" "$@"';

describe('a compiler that is paused for longer than it may compute', () => {
  test('bundles when it continues', async () => {
    const tool = standIn(esbuild, PAUSED);
    const [bundle] = await Promise.all([bundled(tool, hurried), wakeAfter(3, tool, join(notes, String(counter - 1)))]);
    expect(bundle.length).toBeGreaterThan(0);
  });

  test('checks types when it continues', async () => {
    const tool = standIn(tsc, PAUSED);
    const slow = { ...hurried, limits: { ...hurried.limits, buildSeconds: 2 } };
    const [warnings] = await Promise.all([
      checkTypes({ ...toolchain, tsc: tool }, slow, workspace),
      wakeAfter(4, tool, join(notes, String(counter - 1))),
    ]);
    expect(warnings).toEqual([]);
  });
});

describe('the submission is at fault when the bundler', () => {
  test('computes for longer than it may, twice', async () => {
    const tool = standIn(esbuild, 'while :; do :; done');
    const fault = await faultOf(bundled(tool, hurried));
    expect(fault).toBeInstanceOf(UngradableError);
    expect(fault.message).toBe('the sources keep the compiler busy for more than 1 s; simplify them');
    expect(tool.starts()).toBe(2);
  });

  test('is stopped for the memory that it holds, twice', async () => {
    const tool: Tool = {
      argv: [process.execPath, '-e', 'const all = []; setInterval(() => all.push(Buffer.alloc(2 ** 28, 1)), 150)'],
      folder: dirname(process.execPath),
    };
    const withoutLimits: Toolchain = { ...toolchain, sandbox: { ...reducedSandbox(ROOT), prlimit: undefined } };
    const fault = await faultOf(
      bundleSubmission({ ...withoutLimits, esbuild: tool }, patient, workspace, { isJudged: true }),
    );
    expect(fault).toBeInstanceOf(UngradableError);
    expect(fault.message).toMatch(/more memory than it may/);
  });

  test('finds an error in it, at the first attempt', async () => {
    const broken = new Map([...workspace, ['src/classify.ts', 'export const tuned = ;']]);
    const tool = standIn(esbuild, 'exec "$program" "$@"');
    const fault = await faultOf(bundleSubmission({ ...toolchain, esbuild: tool }, assignment, broken));
    expect(fault).toBeInstanceOf(UngradableError);
    expect(fault.message).toMatch(/^src\/classify\.ts:1:21: Unexpected ";"/);
    expect(tool.starts()).toBe(1);
  });
});

describe('types were not checked, and the report says so, when the checker', () => {
  test.each([
    ['is killed', 'kill -KILL $$'],
    ['crashes in its runtime', GO_CRASH],
    ['crashes after its first output', `echo "src/classify.ts(1,1): error TS2322: half a truth"; ${GO_CRASH}`],
    ['may open few files', 'ulimit -n 5; exec "$program" "$@"'],
    ['may use little address space', 'ulimit -v 700000; exec "$program" "$@"'],
    ['prints nothing', 'exit 0'],
    [
      'misses a file, and blames who imports it',
      `echo "src/entry.ts(1,1): error TS2307: Cannot find module './classify.ts'"; exit 1`,
    ],
  ])('%s', async (_, script) => {
    const tool = standIn(tsc, script);
    expect(await checkTypes({ ...toolchain, tsc: tool }, assignment, workspace)).toEqual([
      {
        path: 'src/entry.ts',
        line: 0,
        message: 'types were not checked: the check failed on the machine that graded this',
      },
    ]);
    expect(tool.starts()).toBe(2);
  });

  test('computes for longer than it may', async () => {
    const tool = standIn(tsc, 'while :; do :; done');
    expect(await checkTypes({ ...toolchain, tsc: tool }, hurried, workspace)).toEqual([
      { path: 'src/entry.ts', line: 0, message: 'types were not checked: the check did not end in time' },
    ]);
  });
});
