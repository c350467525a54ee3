import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { GradeProgress } from '../../grader/grade/grade.ts';
import { cpuSecondsOf } from '../../grader/isolation/processTree.ts';
import { assignmentOf, deliverablesIn, gradeFiles } from './support/gradeFiles.ts';
import { pause } from './support/pause.ts';
import { type ProcessKind as Kind, running as runningBelow } from './support/processes.ts';

/** Longer than every deadline of the assignment. */
const PAUSE_MS = 6000;
const EVERY_MS = 10;
/** A process that has computed for this long since the criterion began is training. */
const TRAINING_CPU_SECONDS = 0.3;
const TIMING_STARTED_MS = 300;

const running = (kind: Kind): number[] => runningBelow(kind, process.pid);

/** Pauses each stage of one grading once. */
class Pauses implements GradeProgress {
  readonly done: string[] = [];
  readonly #waiting: Promise<void>[] = [];

  step(name: 'build' | 'examine'): void {
    const kinds: Kind[] = name === 'build' ? ['bundler', 'typeChecker', 'importReader'] : ['implementation'];
    for (const kind of kinds) this.#waiting.push(this.#pause('start', kind));
  }

  started(id: string): void {
    if (id === 'im2mat.definition' || id === 'team.agreement') this.#waiting.push(this.#pause(id, 'implementation'));
    if (id === 'speed.im2mat') this.#waiting.push(this.#pauseTiming(id));
    if (id === 'accuracy.curve') this.#waiting.push(this.#pauseTraining(id));
  }

  finished(): void {}

  async ended(): Promise<void> {
    await Promise.all(this.#waiting);
  }

  /** Waits until there is such a process. */
  async #pause(stage: string, kind: Kind): Promise<void> {
    let pids = running(kind);
    for (; pids.length === 0; pids = running(kind)) await sleep(EVERY_MS);
    this.done.push(`${stage}: ${kind}`);
    await pause(pids, PAUSE_MS);
  }

  /** The submission's process, the reference's and that of the naive loops. */
  async #pauseTiming(id: string): Promise<void> {
    await sleep(TIMING_STARTED_MS);
    await this.#pause(id, 'implementation');
  }

  /** The examining process, which trains the library's network first, and then the submission's. */
  async #pauseTraining(id: string): Promise<void> {
    await this.#pause(id, 'suiteRunner');
    const before = new Map(running('implementation').map((pid) => [pid, cpuSecondsOf(pid)]));
    const isTraining = (pid: number) => cpuSecondsOf(pid) - (before.get(pid) ?? 0) > TRAINING_CPU_SECONDS;
    while (!running('implementation').some(isTraining)) await sleep(EVERY_MS);
    await this.#pause(id, 'implementation');
  }
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'a right submission keeps its points on a machine that pauses at every stage of the grading',
  async () => {
    const assignment = assignmentOf('conv2d-gemm');
    const reference = deliverablesIn(assignment, assignment.folders.reference);
    const pauses = new Pauses();
    const only = ['im2mat.definition', 'team.agreement', 'speed.im2mat', 'accuracy.curve'];
    const { outcomes, warnings } = await gradeFiles(assignment, 'paused', reference, only, 7, undefined, pauses);
    await pauses.ended();
    expect(pauses.done.sort()).toEqual([
      'accuracy.curve: implementation',
      'accuracy.curve: suiteRunner',
      'im2mat.definition: implementation',
      'speed.im2mat: implementation',
      'start: bundler',
      'start: implementation',
      'start: importReader',
      'start: typeChecker',
      'team.agreement: implementation',
    ]);
    const { 'speed.im2mat': speed, ...others } = Object.fromEntries(outcomes.map(({ id, status }) => [id, status]));
    expect(others).toEqual({ 'im2mat.definition': 'passed', 'team.agreement': 'passed', 'accuracy.curve': 'passed' });
    // Too noisy on a busy machine, perhaps, but never lost.
    expect(['passed', 'inconclusive']).toContain(speed);
    expect(warnings).toEqual([]);
  },
  600_000,
);
