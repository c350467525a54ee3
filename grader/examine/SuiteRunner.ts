import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuntimeBundles } from '../compile/runtimeBundles.ts';
import { requirePipes } from '../isolation/requirePipes.ts';
import { courseOf } from '../model/courseOf.ts';
import { MachineFault, NotLoadedError, UsageError } from '../model/errors.ts';
import { notLoaded } from '../model/notLoaded.ts';
import type { Finding } from '../model/outcome.ts';
import type { Spent } from '../model/spent.ts';
import { atSources } from './atSources.ts';
import { completeFindings } from './completeFindings.ts';
import { type ExaminationRequest, type ExaminationSettings, readMessage, type ExaminationEvent } from './messages.ts';

export interface ExaminationProgress {
  started(id: string): void;
  finished(finding: Finding, spent: Spent): void;
}

/**
 * An examination ends when it has been silent for this long, a multiple of what the longest criterion takes on a busy
 * machine, or after this long in total. A criterion that has no finding by then is a fault of the grader.
 */
const SILENT_SECONDS = 1800;
const WHOLE_SECONDS = 3600;
/**
 * Examinations in one process. Starting Jest, and compiling again what the previous examination compiled, take a
 * quarter of the processor time of a correctness grading; each examination adds about 9 MB to the process.
 */
const MOST_EXAMINATIONS = 16;
const PRIVATE = { mode: 0o600 } as const;

/**
 * A Jest process that holds no student code, and examines one submission after another.
 *
 * It accepts another submission only if the last examination ended with a finding for every criterion. Messages carry
 * the number of their examination, so a late one cannot count in the next.
 */
export class SuiteRunner {
  readonly programs: RuntimeBundles;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  #examinations = 0;
  #isClean = true;
  #isOverdue = false;
  #log = '';

  constructor(programs: RuntimeBundles) {
    this.programs = programs;
    this.#folder = mkdtempSync(join(tmpdir(), 'im2grade-examine-'));
    // The user nobody compiles in this folder: it may pass through and see nothing.
    chmodSync(this.#folder, 0o711);
    this.#process = this.#start();
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

  #start(): ChildProcess {
    try {
      const child = fork(this.programs.suiteRunner, [this.#folder], {
        cwd: this.programs.folder,
        execArgv: [],
        // Temporary files of the process are in our own folder and are removed with it, even if the process is killed.
        env: { ...placesOfData(), PATH: process.env['PATH'], TMPDIR: this.#folder },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // Ctrl-C is the grader's: it ends the examination once it has noted that it was interrupted.
        detached: true,
      });
      return requirePipes(child);
    } catch (error) {
      rmSync(this.#folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Of the process, for those who watch it. */
  get pid(): number {
    return this.#process.pid!;
  }

  /** Whether another submission may be examined in this process. */
  get goesOn(): boolean {
    return this.#isClean && this.#examinations < MOST_EXAMINATIONS && this.#process.connected;
  }

  /** Whether an examination was ended because it took too long. */
  get isOverdue(): boolean {
    return this.#isOverdue;
  }

  /**
   * Runs the suites on one submission.
   *
   * @throws NotLoadedError if the submission cannot be loaded, MachineFault if nothing can be loaded here, UsageError
   *   if the suites do not fit the assignment, and the reason of the signal if it is aborted
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
    const roots = [courseOf(settings.assignment), settings.root];
    const shown = (text: string) => atSources(text, this.programs.suites, roots);
    const findings = completeFindings(settings, found, shown(this.#log)).map((finding) =>
      finding.status === 'grader-error' ? { ...finding, reason: shown(finding.reason) } : finding,
    );
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
    const giveUp = () => {
      this.#isOverdue = true;
      kill();
    };
    const clock = setTimeout(giveUp, WHOLE_SECONDS * 1000);
    const silence = setTimeout(giveUp, SILENT_SECONDS * 1000);
    signal?.addEventListener('abort', kill);
    let refusal: Error | undefined;
    let hear!: (raw: unknown) => void;
    const ended = new Promise<void>((resolve) => {
      hear = (raw) => {
        const { examination, event } = readMessage(raw);
        if (examination !== request.examination) return;
        silence.refresh();
        if (event.type === 'ended') return resolve();
        if (event.type === 'not-loaded') return void (refusal = loadError(event));
        if (event.type === 'misfit') return void (refusal = new UsageError(event.message));
        if (event.type === 'started') return progress.started(event.id);
        findings.set(event.finding.id, event.finding);
        progress.finished(event.finding, event.spent);
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

  /** Ends the process, and waits until it has exited. */
  async close(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Data sets that were fetched are in the user's cache. */
function placesOfData(): NodeJS.ProcessEnv {
  const { HOME, XDG_CACHE_HOME } = process.env;
  return { ...(HOME !== undefined && { HOME }), ...(XDG_CACHE_HOME !== undefined && { XDG_CACHE_HOME }) };
}

/**
 * The error for a submission that throws, hangs or crashes before any of its functions is called, or for a grader that
 * could not start it.
 */
function loadError({ fault, message }: Extract<ExaminationEvent, { type: 'not-loaded' }>): Error {
  if (fault === undefined) return new MachineFault(message);
  return new NotLoadedError(`the deliverables cannot be loaded: ${notLoaded(fault, message)}`);
}
