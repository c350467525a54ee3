import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { criteriaOf } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { Finding } from '../model/outcome.ts';
import { ExaminationMessage, SETTINGS_VARIABLE, type ExaminationSettings } from './settings.ts';

export interface ExaminationProgress {
  started(id: string): void;
  finished(finding: Finding): void;
}

/** The whole examination ends after this; what has no finding then is a fault of the grader. */
const WHOLE_SECONDS = 600;
/** In Jest's realm every mention of a global goes through an interceptor, unless it is handed to the file as a variable. */
const USED_OFTEN = (
  'Array Boolean Error Float32Array Float64Array Infinity Int32Array JSON Map Math Number Object Promise RangeError Reflect ' +
  'Set String Symbol TypeError Uint8Array WeakMap'
).split(' ');
const PRIVATE = { mode: 0o600 } as const;

/**
 * Runs the assignment's suites over one submission, in a Jest process that holds no student code.
 *
 * One process for each submission, in a class too. Its start is an eighth of a correctness grading (0.2 of 1.8 seconds);
 * a process that went on to the next submission would save it, and would hand on what a suite, a library or a leak has left.
 *
 * @throws UngradableError when the submission cannot be loaded
 * @returns a finding for every selected criterion that has a suite; a test that left none is a `grader-error`
 */
export async function examine(
  settings: Omit<ExaminationSettings, 'bundlePath'> & { readonly bundle: Uint8Array },
  progress: ExaminationProgress,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-examine-'));
  try {
    // What is compiled in there is compiled as nobody, who may pass through and see nothing.
    chmodSync(folder, 0o711);
    const { bundle, ...rest } = settings;
    const bundlePath = join(folder, 'submission.js');
    writeFileSync(bundlePath, bundle, PRIVATE);
    const path = join(folder, 'examination.json');
    writeFileSync(path, JSON.stringify({ ...rest, bundlePath } satisfies ExaminationSettings), PRIVATE);
    const { findings, log } = await runJest(settings, path, progress, signal);
    return completed(settings, findings, log);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runJest(
  { root, programs }: Pick<ExaminationSettings, 'root' | 'programs'>,
  settingsPath: string,
  progress: ExaminationProgress,
  signal?: AbortSignal,
): Promise<{ findings: Map<string, Finding>; log: string }> {
  const findings = new Map<string, Finding>();
  const jest = join(
    dirname(createRequire(join(root, 'grader/package.json')).resolve('jest/package.json')),
    'bin/jest.js',
  );
  const child = fork(jest, jestArguments(programs), {
    cwd: programs.folder,
    // What it leaves in its temporary folder, killed or not, goes with ours.
    execArgv: [],
    env: { PATH: process.env['PATH'], TMPDIR: dirname(settingsPath), [SETTINGS_VARIABLE]: settingsPath },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C is the grader's: it ends the examination when it has noted that it was interrupted.
    detached: true,
    timeout: WHOLE_SECONDS * 1000,
    killSignal: 'SIGKILL',
    ...(signal ? { signal } : {}),
  });
  let log = '';
  let refusal: Error | undefined;
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (piece: Buffer) => (log = (log + piece.toString()).slice(-8192)));
  child.on('message', (raw) => {
    const message = ExaminationMessage.parse(raw);
    if (message.type === 'started') return progress.started(message.id);
    if (message.type === 'not-loaded') return void (refusal = loadError(message));
    const finding = Finding.parse(message.finding);
    findings.set(finding.id, finding);
    progress.finished(finding);
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => (refusal ? reject(refusal) : resolve()));
  });
  return { findings, log };
}

/** Of a submission that throws, hangs or crashes before any of its functions is called; or of a grader that could not start it. */
function loadError({ fault, message }: { readonly fault?: string | undefined; readonly message: string }): Error {
  if (fault === undefined) return new Error(message);
  const hint = fault === 'timed-out' ? '; is there an endless loop outside the functions?' : '';
  return new UngradableError(`the deliverables cannot be loaded: ${message}${hint}`);
}

/** Everything is given on the command line: no configuration file is looked for. */
function jestArguments({ folder, environment, reporter, suites }: ExaminationSettings['programs']): string[] {
  const config = {
    rootDir: folder,
    testEnvironment: environment,
    transform: {},
    testRegex: '\\.test\\.cjs$',
    sandboxInjectedGlobals: USED_OFTEN,
    testTimeout: WHOLE_SECONDS * 1000,
  };
  return [
    '--config',
    JSON.stringify(config),
    '--runInBand',
    '--ci',
    '--watchman=false',
    `--reporters=${reporter}`,
    '--forceExit',
    '--runTestsByPath',
    suites,
  ];
}

function completed(
  { assignment, selected }: Pick<ExaminationSettings, 'assignment' | 'selected'>,
  findings: Map<string, Finding>,
  log: string,
): Finding[] {
  const wanted = new Set(selected);
  return criteriaOf(assignment)
    .filter(({ id }) => wanted.has(id))
    .map(({ id, kind, notMeasurable }): Finding => {
      const blank = { id, credit: 0, helpedBy: [], seconds: 0, evidence: [] };
      if (kind === 'manual') return { ...blank, status: 'manual', reason: 'a person reads this' };
      if (notMeasurable) return { ...blank, status: 'not-measurable', reason: notMeasurable };
      const reason = `the examination ended without a result; ${log.trim().split('\n').slice(-3).join(' ')}`;
      return findings.get(id) ?? { ...blank, status: 'grader-error', reason };
    });
}
