import { readFileSync } from 'node:fs';
import { bundleSubmission } from '../compile/bundleSubmission.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { ownDeliverables } from '../compile/mergeFiles.ts';
import { PlacedBundle } from '../compile/PlacedBundle.ts';
import { substituteReference } from '../compile/substituteReference.ts';
import {
  type Call,
  type CallResult,
  type Implementation,
  type Session,
  SubmissionFault,
} from '../model/examination.ts';
import { ChildSession } from '../run/ChildSession.ts';
import type { SessionSettings } from '../run/startChild.ts';
import { openCarefully } from '../run/openCarefully.ts';
import type { ExaminationSettings } from './messages.ts';

export type OpenSession = (settings: SessionSettings, bundle: Uint8Array) => Promise<Session>;

/** Opens processes for the submission (with the reference's help if needed), the reference and the naive loops. */
export class Implementations {
  readonly #settings: ExaminationSettings;
  readonly #openSession: OpenSession;
  readonly #bundles = new Map<string, Promise<Uint8Array>>();
  readonly #sessions = new Set<Session>();
  #first: Promise<Session> | undefined;

  /** @param openSession - how the process of a bundle is started */
  constructor(settings: ExaminationSettings, openSession: OpenSession = ChildSession.open) {
    this.#settings = settings;
    this.#openSession = openSession;
  }

  /**
   * Starts the submission's first process while the suites are being loaded; the first `open()` of the plain submission
   * gets it.
   *
   * @throws SubmissionFault if the submission cannot be loaded, MachineFault if nothing can be loaded here
   */
  async load(): Promise<void> {
    this.#first = this.#start({ of: 'submission', substituted: [] });
    await this.#first;
  }

  async open(implementation: Implementation): Promise<Session> {
    if (!isOwn(implementation) || !this.#first) return this.#start(implementation);
    const first = this.#first;
    this.#first = undefined;
    return first;
  }

  async #start(implementation: Implementation): Promise<Session> {
    const bundle = await this.#bundle(implementation);
    if (!isOwn(implementation)) return this.#startBundle(bundle);
    const placed = new PlacedBundle(bundle, this.#settings.assignment);
    return new PlacedSession(await withPlaces(placed, this.#startBundle(placed.code)), placed);
  }

  async #startBundle(bundle: Uint8Array): Promise<Session> {
    const session = await openCarefully((each) => this.#open(each), bundle);
    this.#sessions.add(session);
    return session;
  }

  #open(bundle: Uint8Array): Promise<Session> {
    return this.#openSession({ ...this.#settings, limits: this.#settings.assignment.limits }, bundle);
  }

  close(): void {
    for (const session of this.#sessions) session.close();
  }

  #bundle(implementation: Implementation): Promise<Uint8Array> {
    const key = JSON.stringify(implementation);
    const known = this.#bundles.get(key);
    if (known) return known;
    const bundle = this.#build(implementation);
    this.#bundles.set(key, bundle);
    return bundle;
  }

  async #build(implementation: Implementation): Promise<Uint8Array> {
    const { bundlePath, programs } = this.#settings;
    if (implementation.of !== 'submission') return readFileSync(programs[implementation.of]);
    return isOwn(implementation) ? readFileSync(bundlePath) : this.#bundleWith(implementation.substituted);
  }

  /** The submission with deliverables of the reference. */
  #bundleWith(substituted: readonly string[]): Promise<Uint8Array> {
    const { root, sandbox, assignment, deliverables } = this.#settings;
    const reference = ownDeliverables(assignment, assignment.folders.reference);
    const files = substituteReference(assignment, new Map(Object.entries(deliverables)), reference, substituted);
    // The deliverables were checked before the submission's own bundle was made. Together with the reference's files they must
    // not be able to read them.
    const options = { isJudged: true, isHidden: true };
    return bundleSubmission(findToolchain(root, sandbox), assignment, files, options);
  }
}

/** A session of the submission alone, whose exceptions name the line of the deliverable in which they arose. */
class PlacedSession implements Session {
  readonly #session: Session;
  readonly #bundle: PlacedBundle;

  constructor(session: Session, bundle: PlacedBundle) {
    this.#session = session;
    this.#bundle = bundle;
  }

  call(call: Call): Promise<CallResult> {
    return withPlaces(this.#bundle, this.#session.call(call));
  }

  close(): void {
    this.#session.close();
  }
}

async function withPlaces<T>(bundle: PlacedBundle, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof SubmissionFault) || error.places === '') throw error;
    throw new SubmissionFault(error.kind, bundle.messageOf(error), { isCertain: error.isCertain });
  }
}

/** The submission without the reference's help. */
const isOwn = (implementation: Implementation): boolean =>
  implementation.of === 'submission' && implementation.substituted.length === 0;
