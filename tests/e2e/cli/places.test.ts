import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { exampleReport } from '../../../grader/report/test/exampleReport.ts';
import { toJson } from '../../../grader/report/json/writeJson.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, type Run, runGrade, START } from '../support/runGrade.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const CLASS = ['class', join(ROOT, 'examples'), '--assignment', 'conv2d-gemm'];
const REPORT = toJson(exampleReport());
const LONG = 'x'.repeat(300);

/** Paths that cannot be written, not even by root. */
const refused: readonly [what: string, args: readonly string[], message: RegExp][] = [
  [
    'grade, in /proc',
    [COMPLETE, '--out', '/proc/nowhere'],
    /^grade: \/proc\/nowhere\/complete\/report\.json cannot be/,
  ],
  ['grade, through a file', [COMPLETE, '--out', 'file/reports'], /a part of the path is a file/],
  ['grade, with too long a name', [COMPLETE, '--out', LONG], /the name is too long/],
  ['grade --repeat', [COMPLETE, '--repeat', '2', '--out', '/proc/nowhere'], /cannot be written/],
  ['grade --report, in /proc', [COMPLETE, '--report', 'junit=/proc/junit.xml'], /^grade: \/proc\/junit\.xml cannot be/],
  ['grade --report, onto a folder', [COMPLETE, '--report', 'junit=folder'], /folder cannot be written: it is a folder/],
  ['grade --report, onto a device', [COMPLETE, '--report', 'junit=/dev/null'], /it is not a regular file/],
  ['class', [...CLASS, '--out', '/proc/nowhere'], /^grade: \/proc\/nowhere\/class\.json cannot be written/],
  ['class, through a file', [...CLASS, '--out', 'file'], /a part of the path is a file/],
  ['export', ['export', 'junit', 'report.json', '--out', '/proc/junit.xml'], /cannot be written/],
  ['export of an autograder', ['export', 'gradescope-autograder', 'conv2d-gemm', '--out', '/proc/a.zip'], /cannot be/],
  ['release, a folder', ['release', 'conv2d-gemm', '--out', '/proc/nowhere'], /cannot be written/],
  ['release, an archive', ['release', 'conv2d-gemm', '--out', `folder/${LONG}.zip`], /the name is too long/],
];

test.concurrent.each(refused)('%s: a path that cannot be written is refused in one line', (_, args, message) =>
  inFolder({ file: '', 'report.json': REPORT }, async (folder) => {
    mkdirSync(join(folder, 'folder'));
    const { code, stdout, stderr } = await runGrade(args, folder);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/; choose another place, or make room there\n$/);
    expect(readdirSync(folder).sort()).toEqual(['file', 'folder', 'report.json']);
  }),
);

/** Files may not be larger than this many KiB, like on a disk that fills up. */
const withFilesUpTo = (kib: number, args: readonly string[], cwd: string): Promise<Run> => {
  const command = `ulimit -f ${kib}; exec "$0" "$@"`;
  const child = spawn('bash', ['-c', command, process.execPath, START, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
};

test('a disk that is full from the beginning is refused; one that fills up is a fault of the machine', () =>
  inFolder({ 'report.json': REPORT }, async (folder) => {
    const args = ['export', 'json', 'report.json', '--out', 'out/again.json'];
    // The command is bundled before: that writes as well.
    await runGrade(['assignments'], folder);
    const full = await withFilesUpTo(0, args, folder);
    expect(full).toMatchObject({ code: 2, stderr: expect.stringMatching(/^grade: [^\n]*cannot be written[^\n]*\n$/) });
    const filling = await withFilesUpTo(1, args, folder);
    expect(filling.code).toBe(3);
    expect(filling.stderr.split('\n').at(-2)).toMatch(/^grade: out\/again\.json was not written: [^\n]*$/);
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  }));
