import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSubmission } from '../build/bundleSubmission.ts';
import { findToolchain } from '../build/toolchain.ts';
import { mergeFiles, ownDeliverables } from '../merge/mergeFiles.ts';
import type { Party, Session } from '../model/examination.ts';
import { ChildSession } from '../run/ChildSession.ts';
import type { ExaminationSettings } from './settings.ts';

/** Opens processes for the submission, with the reference's help where it needs it, the reference and the naive loops. */
export class Parties {
  readonly #settings: ExaminationSettings;
  readonly #bundles = new Map<string, Promise<Uint8Array>>();
  readonly #sessions = new Set<Session>();
  #first: Promise<Session> | undefined;

  constructor(settings: ExaminationSettings) {
    this.#settings = settings;
  }

  /**
   * Starts the submission's first process while the suites are being read; who opens the submission first is given it.
   *
   * @throws SubmissionFault when the submission cannot be loaded
   */
  async load(): Promise<void> {
    this.#first = this.#start({ of: 'submission', helped: [] });
    await this.#first;
  }

  async open(party: Party): Promise<Session> {
    if (!isOwn(party) || !this.#first) return this.#start(party);
    const first = this.#first;
    this.#first = undefined;
    return first;
  }

  async #start(party: Party): Promise<Session> {
    const { assignment } = this.#settings;
    const session = await ChildSession.open(
      { ...this.#settings, limits: assignment.limits },
      await this.#bundle(party),
    );
    this.#sessions.add(session);
    return session;
  }

  close(): void {
    for (const session of this.#sessions) session.close();
  }

  #bundle(party: Party): Promise<Uint8Array> {
    const key = JSON.stringify(party);
    const known = this.#bundles.get(key);
    if (known) return known;
    const bundle = this.#build(party);
    this.#bundles.set(key, bundle);
    return bundle;
  }

  async #build(party: Party): Promise<Uint8Array> {
    const { root, sandbox, assignment, bundlePath } = this.#settings;
    if (isOwn(party)) return readFileSync(bundlePath);
    const workspace = mergeFiles(assignment, this.#deliverablesOf(party));
    // Student code beside the reference's must not read it.
    const isMinified = party.of === 'submission';
    return bundleSubmission(findToolchain(root, sandbox), assignment, workspace, { isMinified });
  }

  #deliverablesOf(party: Party): Map<string, string> {
    const { assignment, deliverables } = this.#settings;
    const reference = ownDeliverables(assignment, assignment.folders.reference);
    if (party.of === 'reference') return reference;
    if (party.of === 'naive')
      return new Map([...reference, ...ownDeliverables(assignment, join(assignment.folders.tests, 'naive'))]);
    const helped = party.helped.map((path): [string, string] => [path, reference.get(path)!]);
    return new Map([...Object.entries(deliverables), ...helped]);
  }
}

/** The submission without help. */
const isOwn = (party: Party): boolean => party.of === 'submission' && party.helped.length === 0;
