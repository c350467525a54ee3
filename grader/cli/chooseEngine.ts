import type { Engine } from '../engine/Engine.ts';
import { withLocalEngine } from '../engine/withLocalEngine.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import type { Assignment } from '../model/assignment.ts';
import type { IsolationTier } from '../model/isolation.ts';
import { lanesFor } from './lanesFor.ts';

interface EngineChoice {
  readonly root: string;
  readonly assignment: Assignment;
  readonly only: readonly string[];
  readonly isolation: IsolationChoice;
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
}

/** What will make the gradings of a class. */
interface ChosenEngine {
  /** How strictly it isolates student code. */
  readonly isolation: IsolationTier;
  /** Runs work with the engine, and closes it. */
  use<T>(work: (engine: Engine) => Promise<T>): Promise<T>;
}

/** @throws UsageError if this machine cannot grade as it should */
export async function chooseEngine(choice: EngineChoice): Promise<ChosenEngine> {
  const { root, assignment, only, isolation, jobs, signal, note } = choice;
  const sandbox = await sandboxFor(root, isolation, assignment);
  return {
    isolation: sandbox.tier,
    async use(work) {
      const lanes = await lanesFor(assignment, only, jobs, note);
      return withLocalEngine({ root, assignment, sandbox, lanes, jobs, signal }, work);
    },
  };
}
