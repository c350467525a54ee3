import ts from 'typescript';
import type { Questions, Scene } from '../../model/questions.ts';

/** Calls tried of one function in one scene: all, or this many drawn at random. */
const MOST_CALLS = 20_000;
const DRAWN = 5000;

type Callable = (...given: unknown[]) => unknown;

/** Searches exports for functions that compute answers. */
export class AnswerProbe {
  readonly #checker: ts.TypeChecker;
  readonly #questions: Questions;
  /** `module export(.method): answer` */
  readonly found = new Set<string>();

  constructor(checker: ts.TypeChecker, questions: Questions) {
    this.#checker = checker;
    this.#questions = questions;
  }

  /** Any export: a function, a class, or an object with functions. */
  look(name: string, value: unknown, type: ts.Type, depth = 0): void {
    const [call] = type.getCallSignatures();
    if (typeof value === 'function' && call) {
      this.#tryCalls(name, call, () => value as Callable);
      if (call.parameters.length === 0 && depth < 2) this.#lookAtResult(name, value as Callable, call, depth);
    }
    const [make] = type.getConstructSignatures();
    if (typeof value === 'function' && make) this.#lookAtInstances(name, value as new () => object, make);
    if (typeof value === 'object' && value !== null && depth < 2) this.#lookInside(name, value, type, depth);
  }

  #lookAtResult(name: string, call: Callable, signature: ts.Signature, depth: number): void {
    // Commands take no arguments either, and return a promise or nothing.
    if (signature.getReturnType().getProperty('then') || signature.getReturnType().getProperties().length === 0) return;
    const result = attempt(() => call());
    if (typeof result === 'object' && result !== null)
      this.#lookInside(`${name}()`, result, signature.getReturnType(), depth);
  }

  #lookInside(name: string, value: object, type: ts.Type, depth: number): void {
    for (const property of type.getProperties()) {
      const inner = attempt(() => (value as Record<string, unknown>)[property.name]);
      if (typeof inner !== 'function' && typeof inner !== 'object') continue;
      const [call] = this.#checker.getTypeOfSymbol(property).getCallSignatures();
      if (typeof inner === 'function' && call)
        this.#tryCalls(`${name}.${property.name}`, call, () => inner.bind(value) as Callable);
      else if (typeof inner === 'object')
        this.look(`${name}.${property.name}`, inner, this.#checker.getTypeOfSymbol(property), depth + 1);
    }
  }

  /** Every method of every instance that can be made. */
  #lookAtInstances(name: string, Class: new (...given: unknown[]) => object, make: ts.Signature): void {
    const methods = make
      .getReturnType()
      .getProperties()
      .flatMap((property) => {
        const [signature] = this.#checker.getTypeOfSymbol(property).getCallSignatures();
        return signature ? [{ method: property.name, signature }] : [];
      });
    for (const scene of Object.values(this.#questions.scenes))
      for (const choice of this.#choices(make, scene()))
        for (const { method, signature } of methods) {
          if (!attempt(() => new Class(...choice(scene())))) break;
          const instance = (given: Scene) => {
            const made = new Class(...choice(given)) as Record<string, Callable>;
            given.prepare?.(made);
            return made[method].bind(made);
          };
          this.#tryCalls(`${name}.${method}`, signature, instance, scene);
        }
  }

  #tryCalls(name: string, signature: ts.Signature, callable: (scene: Scene) => Callable, only?: () => Scene): void {
    for (const scene of only ? [only] : Object.values(this.#questions.scenes))
      for (const choice of this.#choices(signature, scene())) {
        const given = scene();
        // A function that is given only numbers cannot compute an answer.
        if (!choice(given).some((value) => typeof value === 'object')) continue;
        const chosen = choice(given);
        const result = attempt(() => callable(given)(...chosen));
        if (result instanceof Promise) result.catch(() => {});
        for (const [answer, expected] of Object.entries(this.#questions.answers))
          if ([...chosen, result].some((value) => holds(value, expected))) this.found.add(`${name}: ${answer}`);
      }
  }

  /** Ways to choose arguments from a scene; empty if the scene has no value of a parameter's type. */
  #choices(signature: ts.Signature, scene: Scene): ((scene: Scene) => unknown[])[] {
    const pools = signature.parameters.map((parameter) => this.#poolOf(parameter, scene));
    if (pools.includes(undefined)) return [];
    const all = pools.reduce((product, pool) => product * pool!.length, 1);
    const pick = (index: number) => (given: Scene) => {
      let rest = index;
      return pools.map((pool) => {
        const place = pool![rest % pool!.length];
        rest = Math.floor(rest / pool!.length);
        return place && given.values[place[0]][place[1]];
      });
    };
    if (all <= MOST_CALLS) return Array.from({ length: all }, (_, i) => pick(i));
    let state = 1;
    // The minimal standard generator: the same calls each time.
    const next = () => (state = (state * 48271) % 2147483647);
    return Array.from({ length: DRAWN }, () => pick(Math.floor(((next() - 1) / 2147483646) * all)));
  }

  /** Where in a scene a parameter's values are; only undefined for an optional one whose type is missing there. */
  #poolOf(parameter: ts.Symbol, { values }: Scene): Place[] | undefined {
    const type = this.#checker.getTypeOfSymbol(parameter);
    const names = values[nameOf(this.#checker, type)] || !type.isUnion() ? [type] : type.types;
    const places = names.flatMap((one): Place[] => {
      const name = nameOf(this.#checker, one);
      return (values[name] ?? []).map((_, at) => [name, at]);
    });
    if (places.length > 0) return places;
    const declaration = parameter.valueDeclaration;
    const isOptional =
      declaration !== undefined &&
      ts.isParameter(declaration) &&
      (declaration.questionToken !== undefined || declaration.initializer !== undefined);
    return isOptional ? [undefined] : undefined;
  }
}

/** The name of a type in a scene and the index of one of its values; or none. */
type Place = readonly [type: string, at: number] | undefined;

function nameOf(checker: ts.TypeChecker, type: ts.Type): string {
  const text = checker
    .typeToString(type)
    .replace(/ \| undefined/gu, '')
    .replace(/^readonly /u, '');
  return /^(?:Real|Float(?:32|64)Array)\b(?!Constructor)/u.test(text) ? 'Real' : text;
}

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** Whether the numbers in a value, or in what it holds, begin with the expected ones. */
function holds(value: unknown, expected: Float64Array, depth = 0): boolean {
  if (value instanceof Float64Array || value instanceof Float32Array)
    return value.length >= expected.length && expected.every((number, i) => Math.abs(number - value[i]) < 1e-6);
  if (typeof value !== 'object' || value === null || depth > 3) return false;
  return Object.values(value).some((inner) => holds(inner, expected, depth + 1));
}
