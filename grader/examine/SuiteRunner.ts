import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuntimeBundles } from '../compile/runtimeBundles.ts';
import { MachineFault, UngradableError, UsageError } from '../model/errors.ts';
import type { Finding } from '../model/outcome.ts';
import { completeFindings } from './completeFindings.ts';
import { type ExaminationRequest, type ExaminationSettings, readMessage, type ExaminationEvent } from './messages.ts';

export interface ExaminationProgress {
  started(id: string): void;
  finished(finding: Finding): void;
}

/**
 * An examination ends when it has been silent for so long, a multiple of what the longest criterion takes on a busy machine, or
 * after so long in all; what has no finding then is a fault of the grader.
 */
const SILENT_SECONDS = 1800;
const WHOLE_SECONDS = 3600;
/**
 * Examinations in one process. Jest's start, and compiling what the examination before had compiled, are a quarter of the
 * processor time of a correctness grading; the process grows by some 9 MB with each.
 */
const MOST_EXAMINATIONS = 16;
const PRIVATE = { mode: 0o600 } as const;

/**
 * A Jest process that holds no student code, and examines one submission after another.
 *
 * It goes on to the next only from an examination that came to its end with a finding for everything; after anything else it
 * is done. Answers carry the number of their examination: what one has left behind cannot speak for the next.
 */
export class SuiteRunner {
  readonly programs: RuntimeBundles;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  #examinations = 0;
  #isClean = true;
  #log = '';

  constructor(programs: RuntimeBundles) {
    this.programs = programs;
    this.#folder = mkdtempSync(join(tmpdir(), 'im2grade-examine-'));
    // What is compiled in there is compiled as nobody, who may pass through and see nothing.
    chmodSync(this.#folder, 0o711);
    this.#process = fork(programs.suiteRunner, [this.#folder], {
      cwd: programs.folder,
      execArgv: [],
      // What it leaves in its temporary folder, killed or not, goes with ours.
      env: { PATH: process.env['PATH'], TMPDIR: this.#folder },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C is the grader's: it ends the examination when it has noted that it was interrupted.
      detached: true,
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      stream.on('data', (piece: Buffer) => (this.#log = (this.#log + piece.toString()).slice(-8192)));
    this.#gone = new Promise((resolve) => {
      this.#process.once('close', () => resolve());
      this.#process.once('error', ({ message }) => {
        this.#log += message;
        resolve();
      });
    });
  }

  /** Whether another submission may be examined here. */
  get goesOn(): boolean {
    return this.#isClean && this.#examinations < MOST_EXAMINATIONS && this.#process.connected;
  }

  /**
   * Runs the suites over one submission.
   *
   * @throws UngradableError when the submission cannot be loaded, MachineFault when nothing can be loaded here, UsageError when
   *   the suites do not fit the assignment, and what the signal gives as its reason
   * @returns a finding for every selected criterion that has a suite; a test that left none is a `grader-error`
   */
  async examine(
    settings: Omit<ExaminationSettings, 'bundlePath' | 'programs'> & { readonly bundle: Uint8Array },
    progress: ExaminationProgress,
    signal?: AbortSignal,
  ): Promise<Finding[]> {
    signal?.throwIfAborted();
    this.#isClean = false;
    this.#log = '';
    const folder = mkdtempSync(join(this.#folder, 'submission-'));
    const { bundle, ...rest } = settings;
    const bundlePath = join(folder, 'submission.js');
    writeFileSync(bundlePath, bundle, PRIVATE);
    const settingsPath = join(folder, 'examination.json');
    const whole: ExaminationSettings = { ...rest, programs: this.programs, bundlePath };
    writeFileSync(settingsPath, JSON.stringify(whole), PRIVATE);
    const found = await this.#ask({ examination: ++this.#examinations, settingsPath }, progress, signal);
    rmSync(folder, { recursive: true, force: true });
    const findings = completeFindings(settings, found, this.#log);
    this.#isClean = findings.every(({ status }) => status !== 'grader-error');
    return findings;
  }

  /** @returns the findings by id */
  async #ask(
    request: ExaminationRequest,
    progress: ExaminationProgress,
    signal?: AbortSignal,
  ): Promise<Map<string, Finding>> {
    const findings = new Map<string, Finding>();
    const kill = () => void this.#process.kill('SIGKILL');
    const clock = setTimeout(kill, WHOLE_SECONDS * 1000);
    const silence = setTimeout(kill, SILENT_SECONDS * 1000);
    signal?.addEventListener('abort', kill);
    let refusal: Error | undefined;
    let hear!: (raw: unknown) => void;
    const ended = new Promise<void>((resolve) => {
      hear = (raw) => {
        const { examination, told } = readMessage(raw);
        if (examination !== request.examination) return;
        silence.refresh();
        if (told.type === 'ended') return resolve();
        if (told.type === 'not-loaded') return void (refusal = loadError(told));
        if (told.type === 'misfit') return void (refusal = new UsageError(told.message));
        if (told.type === 'started') return progress.started(told.id);
        findings.set(told.finding.id, told.finding);
        progress.finished(told.finding);
      };
    });
    this.#process.on('message', hear);
    // If this fails, the process has ended or is about to.
    this.#process.send(request, () => {});
    await Promise.race([ended, this.#gone]);
    this.#process.off('message', hear);
    signal?.removeEventListener('abort', kill);
    clearTimeout(clock);
    clearTimeout(silence);
    signal?.throwIfAborted();
    if (refusal) throw refusal;
    return findings;
  }

  /** Ends the process; nothing of it is left then. */
  async close(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Of a submission that throws, hangs or crashes before any of its functions is called; or of a grader that could not start it. */
function loadError({ fault, message }: Extract<ExaminationEvent, { type: 'not-loaded' }>): Error {
  if (fault === undefined) return new MachineFault(message);
  const hint = fault === 'timed-out' ? '; is there an endless loop outside the functions?' : '';
  return new UngradableError(`the deliverables cannot be loaded: ${message}${hint}`);
}
