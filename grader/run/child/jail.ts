import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction, constants, createContext } from 'node:vm';
import { workerData } from 'node:worker_threads';
import { openblasFor } from '@im2grade/engine/run';
import { HIDDEN_BUNDLE } from '../../model/bundle.ts';
import { compileHidden } from './compileHidden.ts';
import { copyInRealm } from './copyInRealm.ts';
import type { JailData } from './control.ts';
import { SUBMISSION_SCRIPT } from './places.ts';
import type { Bundle, Realm } from './realm.ts';

/**
 * The main script of one member's thread. Student code never runs in this realm, which has all of Node: the script
 * makes a realm of ECMAScript only, passes what that needs, and stays below it on the stack forever.
 *
 * No object of this realm may be reachable from the other one, because every object leads to a prototype that the code
 * of Node trusts. So data crosses as a message, which is made of objects of the realm that receives it, and every
 * function that V8 would call in this realm on behalf of student code is a function of the other realm.
 */

const { realm: data, realmScript, bundle: bundleBytes } = workerData as JailData;
const source = new TextDecoder().decode(new Uint8Array(bundleBytes).slice());
const isHidden = source.startsWith(HIDDEN_BUNDLE);

// V8 may emit a warning while student code runs.
process.emitWarning = () => {};

const context = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: true } });

/** A function of the realm that runs a script and returns the variable in which the script leaves its result. */
const compileScript = (source: string, result: string, filename: string): (() => unknown) =>
  compileFunction(`${source}\nreturn ${result};`, [], { parsingContext: context, filename }) as () => unknown;
const compileHiddenScript: typeof compileScript = (source, result, filename) =>
  compileHidden(`${source}\nreturn ${result};`, context, filename);

type Hook = (...given: never) => unknown;

/**
 * Makes V8 call the realm's functions where Node would have it call its own, with student objects and on a student's
 * stack.
 */
function replaceHooks({ onImport, onStack, onHiddenStack, onRejection }: Realm['hooks']): void {
  const { internalBinding } = createRequire(import.meta.url)('internal/test/binding') as {
    internalBinding(name: string): Record<string, (hook: Hook) => void>;
  };
  internalBinding('module_wrap').setImportModuleDynamicallyCallback(onImport);
  internalBinding('errors').setPrepareStackTraceCallback(isHidden ? onHiddenStack : onStack);
  internalBinding('task_queue').setPromiseRejectCallback(onRejection);
}

/** The submission, or a message why it cannot be compiled. */
function compileBundle(): Bundle | string {
  try {
    const compile = isHidden ? compileHiddenScript : compileScript;
    return compile(source, 'submission', SUBMISSION_SCRIPT) as Bundle;
  } catch (error) {
    return String(error);
  }
}

const realm = compileScript(readFileSync(realmScript, 'utf8'), 'realm', 'realm.js')() as Realm;
replaceHooks(realm.hooks);
realm.enter(copyInRealm(context, data), compileBundle(), openblasFor(data.gemm));
