import { constants, createContext, runInContext } from 'node:vm';
import { leaveOnlyEcmascript } from '../realm/leaveOnlyEcmascript.ts';
import { defineReplacements } from '../realm/notAvailable.ts';

/** Long for what only declares functions. */
const LOAD_MS = 2000;

/**
 * Runs a bundle as far as the grader does before the first call, in a realm like the grader's.
 *
 * @returns what the deliverables throw while they are loaded
 */
export function loadFault(bundle: string): string | undefined {
  const context = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: true } });
  const realm = runInContext('globalThis', context) as typeof globalThis;
  defineReplacements(realm);
  leaveOnlyEcmascript(realm);
  leaveRejections();
  try {
    runInContext(`"use strict";${bundle}`, context, { timeout: LOAD_MS });
    return undefined;
  } catch (error) {
    const { name, message, stack } = error as Error;
    return `${moduleAt(bundle, stack) ?? 'the deliverables'} cannot be loaded when graded: ${name}: ${message}`;
  }
}

/** A promise that a deliverable makes while it is loaded may be rejected: nothing waits for it when graded, either. */
function leaveRejections(): void {
  const ignore = (): void => {};
  process.on('unhandledRejection', ignore);
  setImmediate(() => process.off('unhandledRejection', ignore));
}

/** The bundler writes the path of each module in a line above it. */
function moduleAt(bundle: string, stack: string | undefined): string | undefined {
  const line = /evalmachine\.<anonymous>:(\d+)/u.exec(stack ?? '')?.[1];
  if (line === undefined) return undefined;
  const above = bundle.split('\n').slice(0, Number(line));
  return above
    .findLast((text) => /^\s*\/\/ src\/\S+$/u.test(text))
    ?.trim()
    .slice('// '.length);
}
