import { backendOf, FIRST_FREE_BYTE, type OpenblasProducts, SymmetricHeap } from '@im2grade/engine/realm';
import { leaveOnlyEcmascript } from '@im2grade/handout/realm';
import type { RealmData } from './control.ts';
import { hideSources } from './hideSources.ts';
import { onStack } from './places.ts';
import { type Bundle, type Handler, handlerOf, type Means, serve } from './serve.ts';

/** What this script leaves for the script that made the realm. */
export interface Realm {
  readonly hooks: typeof hooks;
  readonly enter: typeof enter;
  readonly handlerIn: typeof handlerIn;
}
export type { Bundle };

const { apply } = Reflect;
const { reject } = Promise;
const [OwnPromise, OwnTypeError] = [Promise, TypeError];

/** Functions that V8 calls on behalf of student code. */
export const hooks = {
  onImport: (): Promise<never> => apply(reject, OwnPromise, [new OwnTypeError('import() is not available here')]),
  /** Stack frames lead to functions and files of the host. */
  onStack,
  /** In a bundle with the reference's parts, not even places are anyone's business. */
  onHiddenStack: (): string => '',
  onRejection: (): void => {},
};

/**
 * Prepares the realm, then waits for work and never returns.
 *
 * @param bundle - the submission, or a message why there is none
 * @param openblas - the host's two functions, if products are to be computed by them
 */
export function enter(data: RealmData, bundle: Bundle | string, openblas?: OpenblasProducts): never {
  return serve(data, prepareRealm(data, openblas), bundle);
}

/** Prepares the realm as `enter` does, for a caller that runs code of its own and makes each step itself. */
export function handlerIn(data: RealmData, bundle: Bundle | string): Handler {
  return handlerOf(data, prepareRealm(data), bundle);
}

function prepareRealm({ memory, gemm }: RealmData, openblas?: OpenblasProducts): Means {
  // Growing makes a new buffer object, which belongs to this realm whatever other threads have done to the memory
  // before.
  memory.grow(0);
  const arena = memory.buffer;
  const backend = backendOf(gemm, memory, arena, openblas);
  leaveOnlyEcmascript();
  hideSources();
  return { arena, heap: new SymmetricHeap(arena), backend, firstByte: FIRST_FREE_BYTE };
}
