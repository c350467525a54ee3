import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runCompiler } from '../../../grader/compile/runCompiler.ts';
import { inTemporaryFolder, OUTPUT } from '../../../grader/compile/inTemporaryFolder.ts';
import { findToolchain } from '../../../grader/compile/findToolchain.ts';
import { findSandbox, reducedSandbox } from '../../../grader/isolation/findSandbox.ts';
import type { Sandbox } from '../../../grader/isolation/Sandbox.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

const PROGRAMS = join(ROOT, 'tests/e2e/attacks/host/programs.mjs');
const TOOL = { argv: [process.execPath, PROGRAMS], folder: dirname(PROGRAMS) };

const assignment = assignmentOf('conv2d-gemm');
const sandbox = await findSandbox(ROOT);
const reduced = reducedSandbox(ROOT);
const strictly = sandbox.tier === 'strict' ? describe : describe.skip;

/** What a compiler process says after a submission's source has taken it over. */
async function takenOver(where: Sandbox, program: string, given: (folder: string) => object): Promise<string> {
  const toolchain = findToolchain(ROOT, where);
  return inTemporaryFolder(where, new Map([['src/own.ts', 'export {};']]), async (folder) => {
    const args = [program, JSON.stringify(given(folder))];
    return (await runCompiler(toolchain, TOOL, args, folder, assignment)).stdout;
  });
}

const attacks: readonly [does: string, strict: RegExp, program: string, given: (folder: string) => object][] = [
  ['reads the reference', /ENOENT/, 'readFile', () => ({ path: join(ROOT, 'reference/conv2d-gemm/src/classify.ts') })],
  ['reads a hidden suite', /ENOENT/, 'readFile', () => ({ path: join(ROOT, 'tests/conv2d-gemm/calls.ts') })],
  ['reads the list of users', /ENOENT/, 'readFile', () => ({ path: '/etc/passwd' })],
  ['starts a process', /EPERM/, 'startProcess', () => ({})],
  ['listens on a port', /EPERM/, 'listen', () => ({ name: 0 })],
  [
    'changes the sources next to it',
    /EROFS|EACCES/,
    'overwriteFile',
    (folder) => ({ path: join(folder, 'src/own.ts') }),
  ],
];

strictly('strict stops a compiler that', () => {
  test.each(attacks)('%s', async (_, strict, program, given) => {
    const said = await takenOver(sandbox, program, given);
    expect(said).toMatch(/^STOPPED /);
    expect(said).toMatch(strict);
  });

  test('and lets it write its output', async () => {
    expect(await takenOver(sandbox, 'writeFile', (folder) => ({ path: join(folder, OUTPUT, 'bundle.js') }))).toMatch(
      /^DONE /,
    );
  });
});

test('reduced does not stop a compiler that reads the reference', async () => {
  const [, , program, given] = attacks[0];
  expect(await takenOver(reduced, program, given)).toMatch(/^DONE /);
});

describe.each([
  ['strict', sandbox],
  ['reduced', reduced],
] as const)('%s stops a compiler that', (tier, where) => {
  (where.tier === tier ? test : test.skip)('writes a file without end: by RLIMIT_FSIZE', async () => {
    const said = await takenOver(where, 'fillDisk', (folder) => ({ path: join(folder, OUTPUT, 'full'), mib: 128 }));
    expect(said).not.toMatch(/^DONE /);
  });
});
