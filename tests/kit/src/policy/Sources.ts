import { posix } from 'node:path';
import type { File, Node } from '@babel/types';
import { keyOf, unwrapped } from './nodes.ts';
import { putAtOnce } from './puts.ts';
import { parseSource } from './parseSource.ts';

/** What a top-level name of a file refers to: a declaration in a deliverable, or an import from elsewhere. */
export type Binding =
  | {
      readonly kind: 'own';
      readonly file: string;
      readonly name: string;
      readonly node: Node;
      /** What is put into it when the file is loaded. */
      readonly put?: readonly Node[] | undefined;
    }
  | { readonly kind: 'imported'; readonly from: string; readonly name: string };

type Scope = Map<string, Binding>;
type Specifier = (Node & { type: 'ImportDeclaration' })['specifiers'][number];

/** A submission's deliverables as syntax trees, and what their names refer to. */
export class Sources {
  readonly #texts: Readonly<Record<string, string>>;
  readonly #scopes = new Map<string, Scope>();
  readonly #programs = new Map<string, File['program']>();

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = texts;
  }

  /**
   * What a top-level name of a file refers to; undefined if it is not declared there. Imports are followed through the
   * deliverables, unless they lead back to where they came from.
   *
   * @throws CriterionFailure if a file cannot be parsed
   */
  resolve(file: string, name: string): Binding | undefined {
    const passed = new Set<string>();
    let [at, binding] = [file, this.#scopeOf(file).get(name)];
    while (binding?.kind === 'imported' && binding.from.startsWith('.')) {
      const target = posix.join(posix.dirname(at), binding.from);
      const place = `${target} ${binding.name}`;
      const next = Object.hasOwn(this.#texts, target) ? this.#scopeOf(target).get(binding.name) : undefined;
      if (!next || passed.has(place)) break;
      passed.add(place);
      [at, binding] = [target, next];
    }
    return binding;
  }

  /** The source of a node in one line, cut if it is long. */
  textOf(file: string, { start, end }: Node): string {
    const text = this.#texts[file].slice(start ?? 0, end ?? 0).replace(/\s+/g, ' ');
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }

  /** @throws CriterionFailure if it cannot be parsed */
  programOf(file: string): File['program'] {
    const known = this.#programs.get(file);
    if (known) return known;
    const { program } = parseSource(file, this.#texts[file]);
    this.#programs.set(file, program);
    return program;
  }

  /** What a type alias of a file, or of the one that it is imported from, stands for, as text. */
  typeOf(file: string, name: string): string | undefined {
    const binding = this.#scopeOf(file).get(name);
    if (binding?.kind !== 'imported') return this.#aliasIn(file, name);
    const target = posix.join(posix.dirname(file), binding.from);
    return Object.hasOwn(this.#texts, target) ? this.#aliasIn(target, binding.name) : undefined;
  }

  #aliasIn(file: string, name: string): string | undefined {
    const alias = this.programOf(file)
      .body.map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
      .find((one) => one?.type === 'TSTypeAliasDeclaration' && one.id.name === name);
    return alias?.type === 'TSTypeAliasDeclaration' ? this.textOf(file, alias.typeAnnotation) : undefined;
  }

  #scopeOf(file: string): Scope {
    const known = this.#scopes.get(file);
    if (known) return known;
    const scope = scopeOf(file, this.programOf(file));
    this.#scopes.set(file, scope);
    return scope;
  }
}

function scopeOf(file: string, program: File['program']): Scope {
  const scope: Scope = new Map();
  const puts = new Map<string, Node[]>();
  const own = (name: string, node: Node): void => {
    puts.set(name, []);
    scope.set(name, { kind: 'own', file, name, node, put: puts.get(name) });
  };
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') addImports(scope, statement);
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration')
      own(declaration.id!.name, declaration);
    else if (declaration?.type === 'TSModuleDeclaration' && declaration.id.type === 'Identifier')
      own(declaration.id.name, declaration);
    else if (declaration?.type === 'VariableDeclaration')
      for (const declarator of declaration.declarations) {
        const { id, init } = declarator;
        if (id.type === 'Identifier') own(id.name, init ?? declarator);
        if (id.type === 'ObjectPattern' && init) addDestructured(scope, own, id, unwrapped(init));
      }
    if (statement.type === 'ExportDefaultDeclaration') addDefault(scope, own, statement.declaration);
    if (statement.type === 'ExportNamedDeclaration') addExports(scope, statement);
  }
  for (const { into, value } of putAtOnce(program)) puts.get(into.name)?.push(value);
  return scope;
}

function addImports(scope: Scope, { specifiers, source }: Node & { type: 'ImportDeclaration' }): void {
  for (const specifier of specifiers) {
    const name = importedName(specifier);
    scope.set(specifier.local.name, { kind: 'imported', from: source.value, name });
  }
}

function importedName(specifier: Specifier): string {
  if (specifier.type === 'ImportSpecifier') return nameOf(specifier.imported);
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
}

/** `const { matmul, zeros: empty } = T`, if T is a namespace or an object literal. */
function addDestructured(
  scope: Scope,
  own: (name: string, node: Node) => void,
  { properties }: Node & { type: 'ObjectPattern' },
  from: Node,
): void {
  const binding = from.type === 'Identifier' ? scope.get(from.name) : undefined;
  const object = binding?.kind === 'own' ? unwrapped(binding.node) : from;
  const isNamespace = binding?.kind === 'imported' && binding.name === '*';
  for (const property of properties) {
    const [key, local] = takenBy(property);
    if (local === undefined) continue;
    // What is left of a namespace is one, too.
    if (isNamespace) scope.set(local, { ...binding, name: key ?? '*' });
    else if (object.type === 'ObjectExpression') own(local, memberOf(object, key) ?? object);
  }
}

/** The key that a part of a pattern takes, if it is written out, and the name that the value gets. */
function takenBy(
  property: (Node & { type: 'ObjectPattern' })['properties'][number],
): [key: string | undefined, local: string | undefined] {
  const target = property.type === 'RestElement' ? property.argument : property.value;
  const named = target.type === 'AssignmentPattern' ? target.left : target;
  const key = property.type === 'RestElement' ? undefined : keyOf(property);
  return [key, named.type === 'Identifier' ? named.name : undefined];
}

/** What an object literal holds under a key. */
function memberOf({ properties }: Node & { type: 'ObjectExpression' }, key: string | undefined): Node | undefined {
  const member = properties.find((one) => one.type !== 'SpreadElement' && key !== undefined && keyOf(one) === key);
  return member?.type === 'ObjectProperty' ? unwrapped(member.value) : member;
}

function addDefault(scope: Scope, own: (name: string, node: Node) => void, exported: Node): void {
  if (exported.type === 'Identifier' && scope.has(exported.name)) scope.set('default', scope.get(exported.name)!);
  else own('default', exported);
}

/** `export { a as b }`, from this file or from another. */
function addExports(scope: Scope, { specifiers, source }: Node & { type: 'ExportNamedDeclaration' }): void {
  for (const specifier of specifiers) {
    if (specifier.type !== 'ExportSpecifier') continue;
    const [local, exported] = [specifier.local.name, nameOf(specifier.exported)];
    if (source) scope.set(exported, { kind: 'imported', from: source.value, name: local });
    else if (scope.has(local)) scope.set(exported, scope.get(local)!);
  }
}

const nameOf = (node: { type: string; name?: string; value?: string }): string => node.name ?? node.value ?? '';
