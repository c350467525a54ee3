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

  constructor(settings: ExaminationSettings) {
    this.#settings = settings;
  }

  async open(party: Party): Promise<Session> {
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
    if (party.of === 'submission' && party.helped.length === 0) return readFileSync(bundlePath);
    const workspace = mergeFiles(assignment, this.#deliverablesOf(party));
    return bundleSubmission(findToolchain(root, sandbox), assignment, workspace);
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
