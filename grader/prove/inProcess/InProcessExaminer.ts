import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleOwn } from '../../compile/bundleOwn.ts';
import { bundlePrograms, runtimeBundles, type RuntimeBundles } from '../../compile/runtimeBundles.ts';
import { SuiteRunners } from '../../examine/SuiteRunners.ts';
import type { SuiteRunner } from '../../examine/SuiteRunner.ts';
import { cacheFolder } from '../../host/files/cacheFolder.ts';
import type { Sandbox } from '../../isolation/Sandbox.ts';
import { watchMemory } from '../../isolation/watchMemory.ts';
import type { Assignment } from '../../model/assignment.ts';
import { MachineFault, UngradableError } from '../../model/errors.ts';
import type { Finding } from '../../model/outcome.ts';
import { Deadline, type Passed } from '../../run/Deadline.ts';

/** How an examination ended early: changed code can loop forever, allocate without bound or end its process. */
type Ending = 'timed-out' | 'out-of-memory' | 'crashed' | 'not-loaded';

export interface Examined {
  /** In the order of the suites; only those up to the ending, if there is one. */
  readonly findings: readonly Finding[];
  readonly ended?: Ending;
  /** The criterion that was being examined then. */
  readonly during?: string | undefined;
}

export interface Examination {
  readonly assignment: Assignment;
  /** Texts by path. */
  readonly deliverables: ReadonlyMap<string, string>;
  /** The criteria's ids. */
  readonly selected: readonly string[];
  readonly seed: number;
  /** The processor time that one criterion may take. */
  readonly criterionSeconds: number;
  /** Whether it only matters what is lost, and nothing is sought that explains it. */
  readonly verdictsOnly: boolean;
  /** The bundle of a suite that examines in place of the assignment's. */
  readonly suite?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Until the suites are loaded: nothing of the deliverables has been called by then. */
const LOADING_SECONDS = 30;
/** A runner with one submission's memory in addition to its own holds some 300 MiB. */
const MEMORY_BYTES = 3 * 2 ** 30;

/**
 * Examines deliverables of our own in the suites' process, several times as fast as a grading does. Each examination
 * that runs at the same time has a process of its own; one that hangs, allocates too much or crashes loses it.
 */
export class InProcessExaminer {
  readonly #root: string;
  readonly #sandbox: Sandbox;
  readonly #runners = new SuiteRunners();
  readonly #folder: string;
  #environment: Promise<string> | undefined;

  /** @param sandbox - of the processes in which the calls of a team run */
  constructor(root: string, sandbox: Sandbox) {
    this.#root = root;
    this.#sandbox = sandbox;
    const cache = cacheFolder(root);
    mkdirSync(cache, { recursive: true });
    this.#folder = mkdtempSync(join(cache, '.in-process-'));
  }

  /** Bundles a suite in place of an assignment's, for `Examination.suite`. */
  async bundleSuite(source: string): Promise<string> {
    const folder = mkdtempSync(join(this.#folder, 'suite-'));
    await bundlePrograms(this.#root, { 'suite.test': source }, folder);
    return join(folder, 'suite.test.cjs');
  }

  /** @throws MachineFault if the machine kept the examination from running */
  async examine(examination: Examination): Promise<Examined> {
    const programs = await this.#programs(examination);
    return this.#runners.with(programs, (runner) => this.#examineBy(runner, examination));
  }

  async close(): Promise<void> {
    await this.#runners.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #programs({ assignment, suite }: Examination): Promise<RuntimeBundles> {
    const programs = await runtimeBundles(this.#root, assignment);
    const environment = await (this.#environment ??= this.#bundleEnvironment());
    return { ...programs, environment, ...(suite !== undefined && { suites: suite, folder: dirname(suite) }) };
  }

  async #bundleEnvironment(): Promise<string> {
    const source = join(this.#root, 'grader/prove/inProcess/InProcessEnvironment.ts');
    await bundlePrograms(this.#root, { environment: source }, this.#folder);
    return join(this.#folder, 'environment.cjs');
  }

  async #examineBy(runner: SuiteRunner, examination: Examination): Promise<Examined> {
    const { assignment, deliverables, selected, seed, verdictsOnly } = examination;
    const bundle = await this.#bundle(assignment, deliverables);
    const reported: Finding[] = [];
    const watch = new Watch(runner.pid, examination.criterionSeconds);
    const signal = AbortSignal.any([watch.signal, ...(examination.signal ? [examination.signal] : [])]);
    try {
      const settings = {
        root: this.#root,
        assignment,
        deliverables: Object.fromEntries(deliverables),
        unusable: {},
        bundle,
        sandbox: this.#sandbox,
        gemm: { kind: 'wasm', files: [] },
        selected,
        seed,
        verdictsOnly,
      } as const;
      const finished = (finding: Finding) => {
        reported.push(finding);
        watch.began(undefined);
      };
      const findings = await runner.examine(settings, { started: (id) => watch.began(id), finished }, signal);
      // What a suite reports itself is a fault of the grader; what is missing was never reported.
      const isMissing = ({ id, status }: Finding) =>
        status === 'grader-error' && !reported.some((finding) => finding.id === id);
      return findings.some(isMissing) ? { findings: reported, ended: 'crashed', during: watch.current } : { findings };
    } catch (error) {
      if (watch.isMachineAtFault) throw new MachineFault('the machine did not let an examination run; try again');
      if (watch.ended) return { findings: reported, ended: watch.ended, during: watch.current };
      if (error instanceof UngradableError) return { findings: reported, ended: 'not-loaded' };
      throw error;
    } finally {
      watch.stop();
    }
  }

  async #bundle(assignment: Assignment, deliverables: ReadonlyMap<string, string>): Promise<Uint8Array> {
    const folder = mkdtempSync(join(tmpdir(), 'im2grade-in-process-'));
    try {
      const bundle = join(folder, 'submission.js');
      await bundleOwn(this.#root, assignment, deliverables, bundle);
      return readFileSync(bundle);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Aborts its signal if a criterion takes too much time or the process too much memory. */
class Watch {
  readonly #controller = new AbortController();
  readonly #pid: number;
  readonly #seconds: number;
  readonly #stopMemory: () => void;
  #deadline: Deadline;
  current: string | undefined;
  ended: 'timed-out' | 'out-of-memory' | undefined;
  isMachineAtFault = false;

  constructor(pid: number, seconds: number) {
    this.#pid = pid;
    this.#seconds = seconds;
    this.#deadline = this.#newDeadline(LOADING_SECONDS);
    this.#stopMemory = watchMemory(pid, MEMORY_BYTES, () => this.#end('out-of-memory'));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @param id - undefined between two criteria */
  began(id: string | undefined): void {
    if (id !== undefined) this.current = id;
    this.#deadline.stop();
    this.#deadline = this.#newDeadline(this.#seconds);
  }

  stop(): void {
    this.#deadline.stop();
    this.#stopMemory();
  }

  #newDeadline(seconds: number): Deadline {
    // It sleeps while the members of a team work, whose calls have deadlines.
    return new Deadline(this.#pid, { seconds, threads: 1, sleepsFree: true, onPassed: (how) => this.#pass(how) });
  }

  #pass(how: Passed): void {
    this.isMachineAtFault = how === 'machine';
    this.#end('timed-out');
  }

  #end(how: 'timed-out' | 'out-of-memory'): void {
    this.ended = how;
    this.#controller.abort();
  }
}
