import { AVAILABLE } from './globals.ts';

/** Names that Jest and CommonJS provide, in addition to the globals of Node. */
const OF_JEST_AND_COMMONJS = (
  'afterAll afterEach beforeAll beforeEach describe expect fdescribe fit it jest test xdescribe xit xtest ' +
  '__dirname __filename exports module require'
).split(' ');

/** Libraries keep something of their own there under such names, here as when graded. */
const OF_A_LIBRARY = /^__/u;

/** The globals that a deliverable finds at home only. */
export const MISSING: readonly string[] = [
  ...new Set([
    ...Object.getOwnPropertyNames(globalThis).filter((name) => !OF_A_LIBRARY.test(name)),
    ...OF_JEST_AND_COMMONJS,
  ]),
].filter((name) => /^[\w$]+$/u.test(name) && !AVAILABLE.has(name));

/** In compiled deliverables, what is used instead of a global. Each property of the first one throws. */
const STANDS_FOR = { missing: '__notAvailable', globalThis: '__globalThis', Function: '__Function' } as const;

/**
 * What the compiler replaces in a deliverable, except for names that the deliverable declares itself. A script has no
 * `import.meta`, so the grader's compiler leaves an empty object there.
 */
export const REPLACED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MISSING.map((name) => [name, `${STANDS_FOR.missing}.${name}`])),
  globalThis: STANDS_FOR.globalThis,
  Function: STANDS_FOR.Function,
  'import.meta': '{}',
};

/** `typeof name`, but not `typeof name.property`. */
const TYPEOF = new RegExp(`\\btypeof ${STANDS_FOR.missing}\\.[\\w$]+(?![\\w$]|\\s*[.([\`]|\\?\\.)`, 'gu');
const USE = new RegExp(`\\b${STANDS_FOR.missing}\\.([\\w$]+)`, 'gu');

/** A compiled deliverable in which `typeof` finds a missing global undefined, as when graded. */
export const withTypeof = (code: string): string => code.replace(TYPEOF, '"undefined"');

/** The missing globals that a compiled deliverable uses. */
export const missingIn = (code: string): string[] => [
  ...new Set([...withTypeof(code).matchAll(USE)].map(([, name]) => name)),
];

export const notAvailable = (name: string): string => `${name} is not available when graded`;

/** Defines what the replaced names lead to, in the realm in which deliverables run. */
export function defineReplacements(realm: typeof globalThis): void {
  const { Error, EvalError, Proxy, ReferenceError } = realm;
  const use = (_: object, name: string | symbol): never => {
    const error = new ReferenceError(notAvailable(String(name)));
    // So that the first frame is the deliverable's.
    Error.captureStackTrace(error, use);
    throw error;
  };
  const compile = (): never => {
    throw new EvalError('Code generation from strings is not available when graded');
  };
  const isMissing = (name: string | symbol): boolean => typeof name === 'string' && MISSING.includes(name);
  const globals = {
    [STANDS_FOR.missing]: new Proxy({}, { get: use, set: use }),
    [STANDS_FOR.globalThis]: new Proxy(realm, {
      get: (target, name): unknown => (isMissing(name) ? undefined : Reflect.get(target, name)),
      has: (target, name) => !isMissing(name) && Reflect.has(target, name),
    }),
    [STANDS_FOR.Function]: new Proxy(realm.Function, { apply: compile, construct: compile }),
  };
  // When a realm ends, Jest empties the objects of all globals that are not getters.
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(realm, name, { get: () => value });
}
