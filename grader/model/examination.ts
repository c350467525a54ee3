import type { Criterion } from './assignment.ts';
import type { Finding } from './outcome.ts';
import type { PdfReading } from './pdf.ts';
import type { Spent } from './spent.ts';

/** Arrays that may cross to a submission and back. */
export type Values = Float64Array | Float32Array | Int32Array | Uint8Array;
export type Dtype = 'float64' | 'float32' | 'int32' | 'uint8';

/** A buffer for the submission to fill: passed as zeros, or full of garbage. */
export interface OutputSpec {
  readonly dtype: Dtype;
  readonly length: number;
  readonly fill?: 'zero' | 'garbage';
}

/** Random numbers, the same for everyone who knows the seed; numbers with other seeds reveal nothing about them. */
export interface RandomInput {
  readonly seed: string;
  /** `real` is uniform in ±1, as float64; `bytes` is 0 … 255, or 0 … `below` − 1. */
  readonly values: 'real' | 'bytes';
  readonly below?: number;
}

/**
 * Which elements of the outputs are returned: all if this is left out, or for each output up to `most` elements, whose
 * indices follow from the seed. With fewer to send a timed call is followed by the next one sooner.
 */
export interface OutputSample {
  readonly seed: string;
  readonly most: number;
}

/** One call of one function of an assignment's entry: values in, values out, never a verdict. */
export interface Call {
  readonly name: string;
  /** Sizes and options; what the entry's function takes as its first argument. */
  readonly options: unknown;
  readonly inputs: readonly Values[];
  readonly outputs: readonly OutputSpec[];
  /** Transfer the inputs and prepare the call before the clock starts; costs a round trip. */
  readonly isTimed?: boolean;
  /**
   * Of a timed call: inputs, by index, that the process makes for itself before the clock starts. Nothing is sent for
   * them, and code of the submission learns neither their seeds nor that of `returned`.
   */
  readonly randomInputs?: Readonly<Record<number, RandomInput>>;
  /** Of a timed call. */
  readonly returned?: OutputSample;
  /** Also return the inputs as they are after the call. */
  readonly returnInputs?: boolean;
  /** Threads that run the function together; 1 if left out. */
  readonly team?: number;
  /**
   * The rank that starts late and leaves every barrier late, so that missing synchronisation cannot go unnoticed by
   * chance.
   */
  readonly straggler?: number;
  /** One member of the team works at a time, from barrier to barrier in the order of the ranks. */
  readonly inTurns?: boolean;
  /**
   * In turns, on outputs of its own: a member sees what the others write only after a barrier. Two members that write
   * different numbers to one element between two barriers are a fault, so a race shows however the threads run.
   */
  readonly isApart?: boolean;
  /**
   * Of a timed call, in turns: this many numbers of the memory in which networks allocate their arrays are returned as
   * well, each with the rank that wrote it last. This takes a multiple of the call's time. One thread has the numbers alone.
   */
  readonly recordsWriters?: number;
  /** Overrides the assignment's `limits.callSeconds`. */
  readonly deadlineSeconds?: number;
}

/** Numbers of the memory in which networks allocate their arrays, and who wrote each of them last. */
export interface HeapRecord {
  readonly numbers: Float64Array;
  /** The rank plus 1; 0 if no member wrote the number. */
  readonly writers: Uint8Array;
}

export interface CallResult {
  readonly outputs: Values[];
  /** If asked for. */
  readonly heap?: HeapRecord | undefined;
  /** The inputs after the call, if asked for. */
  readonly inputs: Values[];
  /** What the function returned, if it was text (at most 64 KiB); undefined otherwise. */
  readonly text: string | undefined;
  /**
   * Host-side seconds to the header of the answer, from waking the submission if the call is timed, otherwise from
   * sending it.
   */
  readonly seconds: number;
  /** The process's own part of these: without waiting for a busy or paused machine. */
  readonly ownSeconds: number;
  /**
   * Of a timed call: for how long meanwhile some thread, of whichever program, had to wait for a core; undefined if the
   * system does not report it.
   */
  readonly waitedSeconds?: number | undefined;
}

/** One sandboxed process that knows only one bundle. */
export interface Session {
  call(call: Call): Promise<CallResult>;
  close(): void;
}

/** How a submission can fail to answer; never a verdict on what it answered. */
export type FaultKind =
  | 'not-implemented'
  | 'threw'
  | 'unequal-barriers'
  | 'racing-writes'
  | 'timed-out'
  | 'crashed'
  | 'out-of-memory'
  | 'protocol'
  | 'returned-something';

/** Thrown by `Session.call` if the submission did not answer as it should. */
export class SubmissionFault extends Error {
  override readonly name = 'SubmissionFault';
  readonly kind: FaultKind;
  /** False if the machine may have caused it: the call is then worth repeating in a fresh process. */
  readonly isCertain: boolean;
  /** Where in its script an exception arose: `12:5,40:1`, from the innermost call on. */
  readonly places: string;
  constructor(
    kind: FaultKind,
    message: string,
    { isCertain = true, places = '' }: { readonly isCertain?: boolean; readonly places?: string } = {},
  ) {
    super(message);
    this.kind = kind;
    this.isCertain = isCertain;
    this.places = places;
  }
}

/** Whose code a session runs. `substituted` names deliverables that are replaced by the reference's. */
export type Implementation =
  | { readonly of: 'submission'; readonly substituted: readonly string[] }
  | { readonly of: 'reference' }
  | { readonly of: 'naive' };

/** Images of one size and their labels; by default one byte a pixel. */
export interface LabelledImages<Pixels extends Uint8Array | Float32Array = Uint8Array> {
  readonly images: Pixels;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** A data set by name, in its parts: to train on, to choose by, to judge with. */
export interface LoadedDataSet {
  readonly name: string;
  readonly parts: Readonly<Record<string, LabelledImages<Uint8Array | Float32Array>>>;
}

/** The cores of this machine and how busy they are. */
export interface Machine {
  readonly cores: number;
  /** True as soon as this many cores are idle; false if that does not happen within this many seconds. */
  hasFree(cores: number, seconds: number): Promise<boolean>;
}

/** What a suite declares about a criterion that it examines. */
export interface Declaration {
  readonly id: string;
  /** The names of the numbers in `assignment.yaml` that it reads. */
  readonly settings: readonly string[];
}

/** Results by name. */
export type Numbers = Readonly<Record<string, number>>;

/** What the examine step gives to the suites, as `globalThis.examination`. */
export interface Examination {
  readonly assignment: string;
  readonly criteria: readonly Criterion[];
  /** Findings of an earlier examination of the same deliverables on the same inputs, by id. */
  readonly known: ReadonlyMap<string, Finding>;
  /** Ids to be examined for points; the criteria that they need are examined too. */
  readonly selected: ReadonlySet<string>;
  readonly seed: number;
  /** Whether it only matters what is lost: a counterexample is reported as it was found, and nothing else explains it. */
  readonly verdictsOnly: boolean;
  /** The text of each of the submission's deliverables, by path; of a binary one its bytes in base64. */
  sources(): Readonly<Record<string, string>>;
  /** What a deliverable of this path contains if it is a PDF; undefined if it was not handed in. */
  pdf(path: string): Promise<PdfReading | undefined>;
  /** Why deliverables cannot be used, by path: the skeleton's are in their place. */
  unusable(): Readonly<Record<string, string>>;
  /** A fresh process running that implementation's code. */
  open(implementation: Implementation): Promise<Session>;
  /** Runs `work`, which measures times, while no other measurement uses the cores that it needs. */
  timing<T>(cores: 'one' | 'all', work: () => Promise<T>): Promise<T>;
  readonly machine: Machine;
  /** The data set that the assignment declares; undefined if it declares none. */
  data(): LoadedDataSet | undefined;
  /** Numbers that only depend on their key, kept for the later examinations of this process. */
  kept(key: string, make: () => Promise<Numbers>): Promise<Numbers>;
  /**
   * Called for each criterion while the suites are loaded; a mismatch with the assignment is refused before any test
   * runs.
   */
  declare(declaration: Declaration): void;
  report(finding: Finding, spent: Spent): void;
  started(id: string): void;
}
