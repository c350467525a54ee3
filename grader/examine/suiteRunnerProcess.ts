import { readFileSync, rmSync } from 'node:fs';
import { runCLI } from 'jest';
import type { ExaminationMessage, ExaminationRequest, ExaminationSettings } from './messages.ts';

/**
 * The process in which suites run, one examination after another, each in a realm of its own with the suites loaded
 * anew. Its temporary folder is its only argument, and is removed when it ends.
 */

const [, , folder] = process.argv;

/** No test ends earlier: the examination has its own time limit. */
const NEVER_MS = 2 ** 31 - 1;
/**
 * In Jest's realm every access to a global goes through an interceptor, unless it is passed to the file as a variable.
 */
const USED_OFTEN = (
  'Array Boolean Error Float32Array Float64Array Infinity Int32Array JSON Map Math Number Object Promise RangeError Reflect ' +
  'Set String Symbol TypeError Uint8Array WeakMap'
).split(' ');

/** All options are given here, so that Jest looks for no configuration file. */
async function examine(request: ExaminationRequest): Promise<void> {
  const { programs } = JSON.parse(readFileSync(request.settingsPath, 'utf8')) as ExaminationSettings;
  const config = {
    rootDir: programs.folder,
    testEnvironment: programs.environment,
    testEnvironmentOptions: request,
    transform: {},
    testRegex: '\\.test\\.cjs$',
    sandboxInjectedGlobals: USED_OFTEN,
    testTimeout: NEVER_MS,
  };
  const argv = {
    _: [programs.suites],
    $0: 'grade',
    config: JSON.stringify(config),
    runTestsByPath: true,
    runInBand: true,
    ci: true,
    watchman: false,
    reporters: [programs.reporter],
  };
  await runCLI(argv as unknown as Parameters<typeof runCLI>[0], [programs.folder]);
  const { examination } = request;
  process.send?.({ examination, event: { type: 'ended' } } satisfies ExaminationMessage);
}

process.on('message', (request: ExaminationRequest) => void examine(request));
// The grader has exited, perhaps killed: nobody waits for findings, and nothing must be left running.
process.on('disconnect', () => process.exit(1));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
