import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_SETS, type DataSetName } from '@im2grade/data/dataSets';
import { TestEnvironment } from 'jest-environment-node';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Declaration, Examination, FaultKind, LoadedDataSet, Numbers } from '../model/examination.ts';
import { machine } from '../host/machine.ts';
import { mistakeIn } from './mistakeIn.ts';
import { Implementations, type OpenSession } from './Implementations.ts';
import { Documents } from './Documents.ts';
import { withNumbersWritten } from './withNumbersWritten.ts';
import type { ExaminationMessage, ExaminationRequest, ExaminationSettings, ExaminationEvent } from './messages.ts';
import { TimingTurns } from './TimingTurns.ts';

/**
 * The Jest environment in which suites run: it gives them the examination as `globalThis.examination`. Sessions, clock
 * and data are kept outside the test's realm.
 */
export default class SuiteEnvironment extends TestEnvironment {
  readonly #request: ExaminationRequest;
  readonly #implementations: Implementations;
  readonly #settings: ExaminationSettings;
  readonly #documents: Documents;
  readonly #turns: TimingTurns;
  readonly #declarations: Declaration[] = [];
  #loading: Promise<void> | undefined;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext, openSession?: OpenSession) {
    super(config, context);
    this.#request = config.projectConfig.testEnvironmentOptions as unknown as ExaminationRequest;
    this.#settings = JSON.parse(readFileSync(this.#request.settingsPath, 'utf8')) as ExaminationSettings;
    this.#implementations = new Implementations(this.#settings, openSession);
    this.#documents = new Documents(this.#settings);
    this.#turns = new TimingTurns(this.#settings.isBesideOthers ?? false);
  }

  override async setup(): Promise<void> {
    await super.setup();
    process.prependListener('exit', this.#close);
    const { assignment, selected, seed, deliverables, unusable, known = [], verdictsOnly = false } = this.#settings;
    const examination: Examination = {
      assignment: assignment.id,
      criteria: criteriaOf(assignment),
      selected: new Set(selected),
      seed,
      verdictsOnly,
      known: new Map(known.map((finding) => [finding.id, finding])),
      sources: () => deliverables,
      unusable: () => unusable,
      pdf: (path) => this.#documents.pdf(path),
      open: (implementation) => this.#turns.start(() => this.#implementations.open(implementation)),
      timing: this.#turns.run,
      machine,
      data: () => loadedDataSet(assignment),
      kept: (key, make) => keptNumbers(`${assignment.id} ${key}`, make),
      declare: (declaration) => void this.#declarations.push(declaration),
      started: (id) => this.#send({ type: 'started', id }),
      report: (finding, spent) => this.#send({ type: 'finding', finding: withNumbersWritten(finding), spent }),
    };
    Object.assign(this.global, { examination });
    await this.#turns.begin();
    this.#loading = this.#implementations.load().catch((fault) => this.#giveUp(fault));
  }

  /** Called by Jest; `run_start` comes when the suites are loaded and no test has run. */
  async handleTestEvent({ name }: { readonly name: string }): Promise<void> {
    if (name !== 'run_start') return;
    const { assignment } = this.#settings;
    const yaml = readFileSync(join(assignment.folders.skeleton, 'assignment.yaml'), 'utf8');
    const message = mistakeIn(assignment, criteriaOf(assignment), this.#declarations, yaml);
    if (message !== undefined) await this.#end({ type: 'misfit', message });
  }

  override async teardown(): Promise<void> {
    await this.#loading;
    process.off('exit', this.#close);
    this.#close();
    this.#turns.end();
    await super.teardown();
  }

  readonly #close = (): void => this.#implementations.close();

  /** A submission that cannot be loaded cannot be graded. */
  async #giveUp({ kind, message }: Error & { kind?: FaultKind }): Promise<never> {
    return this.#end({ type: 'not-loaded', fault: kind, message });
  }

  /** Reports why there is nothing more to examine, and ends the process. */
  async #end(event: ExaminationEvent): Promise<never> {
    await new Promise<void>((resolve) => this.#send(event, resolve));
    process.exit(1);
  }

  #send(event: ExaminationEvent, done?: () => void): void {
    const message: ExaminationMessage = { examination: this.#request.examination, event };
    process.send?.(message, undefined, {}, done);
  }
}

const kept = new Map<string, Promise<Numbers>>();

/** A copy: what is kept belongs to this realm, and not to that of the tests that made it. */
function keptNumbers(key: string, make: () => Promise<Numbers>): Promise<Numbers> {
  const known = kept.get(key) ?? make().then((numbers) => ({ ...numbers }));
  kept.set(key, known);
  known.catch(() => kept.delete(key));
  return known;
}

/** Reading a data set takes longer than most criteria, so a process reads it once for all its examinations. */
const loaded = new Map<DataSetName, LoadedDataSet>();

function loadedDataSet({ data: name }: Assignment): LoadedDataSet | undefined {
  if (name === undefined) return undefined;
  const known = loaded.get(name) ?? ({ name, parts: DATA_SETS[name].load() } as LoadedDataSet);
  loaded.set(name, known);
  return known;
}
