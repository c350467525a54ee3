import { type Answer, type Counterexample, type FunctionCall, replayAll } from '@im2grade/handout';
import type { GemmKind } from '@im2grade/engine/run';
import { bundleUsable } from '../compile/compileUsable.ts';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import { PlacedBundle } from '../compile/PlacedBundle.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { SubmissionFault } from '../model/examination.ts';
import type { Submission } from '../model/submission.ts';
import { ChildSession } from '../run/ChildSession.ts';
import type { SessionSettings } from '../run/startChild.ts';
import { gemmWithFiles } from '../run/gemm.ts';

export interface ReplayOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly submission: Submission;
  readonly counterexamples: readonly Counterexample[];
  readonly gemm: GemmKind;
  readonly sandbox: Sandbox;
}

/**
 * Runs counterexamples of a saved report again, on a submission in a process of its own; no suite is needed.
 *
 * @param print - receives the text about each counterexample
 * @returns `wrong` if one still fails; `nothing` if none could be replayed
 * @throws UngradableError if the submission cannot be compiled
 */
export async function replay(
  { root, assignment, submission, counterexamples, gemm: kind, sandbox }: ReplayOptions,
  print: (text: string) => void,
): Promise<'right' | 'wrong' | 'nothing'> {
  const [programs, gemm, { bundle, unusable }] = await Promise.all([
    runtimeBundles(root, assignment),
    gemmWithFiles(root, sandbox, kind),
    bundleUsable(findToolchain(root, sandbox), assignment, submission),
  ]);
  const [reason] = unusable.values();
  if (reason !== undefined) throw new UngradableError(reason);
  const settings = { sandbox, programs, limits: assignment.limits, gemm };
  const functions = new SubmittedFunctions(settings, new PlacedBundle(bundle, assignment));
  try {
    return await replayAll(counterexamples, (call) => functions.call(call), print);
  } finally {
    functions.close();
  }
}

/** The submission's functions. A call that fails is a result, too, and ends the process. */
class SubmittedFunctions {
  readonly #open: () => Promise<ChildSession>;
  readonly #bundle: PlacedBundle;
  #session: ChildSession | undefined;

  constructor(settings: SessionSettings, bundle: PlacedBundle) {
    this.#bundle = bundle;
    this.#open = () => ChildSession.open(settings, bundle.code);
  }

  async call(call: FunctionCall): Promise<Answer> {
    try {
      this.#session ??= await this.#open();
      const { inputs, outputs } = await this.#session.call({ ...call, returnInputs: true });
      return { inputs: inputs as Float64Array[], outputs: outputs as Float64Array[] };
    } catch (error) {
      if (!(error instanceof SubmissionFault)) throw error;
      this.close();
      return { fault: this.#bundle.messageOf(error) };
    }
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }
}
