import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { embeddedDigits } from '@im2grade/data';
import { TestEnvironment } from 'jest-environment-node';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { criteriaOf } from '../model/assignment.ts';
import type { Examination, FaultKind } from '../model/examination.ts';
import { machine } from './machine.ts';
import { Parties } from './Parties.ts';
import { type ExaminationMessage, SETTINGS_VARIABLE, type ExaminationSettings } from './settings.ts';
import { withTimingLock } from './timingLock.ts';

/**
 * The Jest environment in which suites run: it lays the examination before them as `globalThis.examination`.
 * Sessions, clock and data belong to this side of the test's realm.
 */
export default class ExaminationEnvironment extends TestEnvironment {
  readonly #parties: Parties;
  readonly #settings: ExaminationSettings;
  #loading: Promise<void> | undefined;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.#settings = JSON.parse(readFileSync(process.env[SETTINGS_VARIABLE]!, 'utf8')) as ExaminationSettings;
    this.#parties = new Parties(this.#settings);
  }

  override async setup(): Promise<void> {
    await super.setup();
    process.once('disconnect', () => this.#abandon());
    if (!process.connected) this.#abandon();
    const { assignment, selected, seed, deliverables } = this.#settings;
    const examination: Examination = {
      assignment: assignment.id,
      criteria: criteriaOf(assignment),
      selected: new Set(selected),
      seed,
      sources: () => deliverables,
      open: (party) => this.#parties.open(party),
      timing: withTimingLock,
      machine,
      digits: () => embeddedDigits(),
      started: (id) => tell({ type: 'started', id }),
      report: (finding) => tell({ type: 'finding', finding }),
    };
    Object.assign(this.global, { examination });
    this.#loading = this.#parties.load().catch(giveUp);
  }

  /** The grader is gone, killed perhaps: nobody waits for findings, and nothing is to stay behind. */
  #abandon(): void {
    this.#parties.close();
    rmSync(dirname(process.env[SETTINGS_VARIABLE]!), { recursive: true, force: true });
    process.exit(1);
  }

  override async teardown(): Promise<void> {
    await this.#loading;
    this.#parties.close();
    await super.teardown();
  }
}

/** What cannot be loaded cannot be graded. */
async function giveUp({ kind, message }: Error & { kind?: FaultKind }): Promise<never> {
  await new Promise((resolve) =>
    process.send?.({ type: 'not-loaded', fault: kind, message } satisfies ExaminationMessage, resolve),
  );
  process.exit(1);
}

function tell(message: ExaminationMessage): void {
  process.send?.(message);
}
