import type * as t from '@babel/types';
import { UsageError } from '../model/errors.ts';
import { exportedLater } from './exportedLater.ts';
import { type Fence, fencesIn } from './fences.ts';
import { parseSolution } from './parseSolution.ts';
import { rangeIn } from './rangeIn.ts';
import type { Parameter, TaskFunction } from './TaskFunction.ts';

const ARRAYS = new Set(['Real', 'Float64Array']);
const TAG = /^@(?<tag>\w+)\s*(?:(?<name>[\w$]+)\s*(?:-\s*)?)?(?<text>.*)$/su;
/** Criteria and tests are named after it. */
const NAME = /^[a-z][a-zA-Z0-9]*$/u;
/** What generated files import or declare beside the functions. */
const NAMES_OF_SUITES = new Set(
  'entry describe expect test rounded fc size number examinedFunction namedCall criterion followsReference'.split(' '),
);
/** What generated calls need beside the parameters. */
const NAMES_OF_CALLS = new Set(['options', 'expect', 'rounded']);
const AXES = /^(?:\[[\w$]+\])+/u;

/**
 * The functions that a solution exports and that students write, as their signatures and doc comments describe them:
 * `@param y - [N][D] to fill …` is an array of N · D numbers that the function fills. One without a fence is given.
 *
 * @param file - the deliverable
 * @param shown - the file, for messages
 * @throws UsageError with file and line of a function that cannot be called from outside
 */
export function readTasks(text: string, file: string, shown: string): TaskFunction[] {
  const fences = fencesIn(text, shown);
  const { body } = parseSolution(text, shown).program;
  const several = new Set(body.flatMap((node) => (isSignature(node) ? (node.declaration.id?.name ?? []) : [])));
  const later = exportedLater(body);
  const tasks = body
    .filter((node) => fences.some((fence) => isIn(fence, node)))
    .filter((node) => isExport(node) || (node.type === 'FunctionDeclaration' && later.has(node.id!.name)))
    .map((node) => {
      if (node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'FunctionDeclaration')
        return taskOf(node.declaration, docOf(node), { file, shown, several });
      throw new UsageError(`${shown}:${node.loc!.start.line}: write what students fill in as export function name(…)`);
    });
  if (tasks.length > 0) return tasks;
  const what = 'no function that is exported has anything between // BEGIN SOLUTION and // END SOLUTION';
  throw new UsageError(`${shown}: ${what}; write export function …`);
}

const isIn = (fence: Fence, { start, end }: t.Node): boolean => start! <= fence.start && fence.end <= end!;

const isExport = ({ type }: t.Node): boolean =>
  type === 'ExportNamedDeclaration' || type === 'ExportDefaultDeclaration';

/** One of several signatures of a function, without its body. */
const isSignature = (node: t.Node): node is t.ExportNamedDeclaration & { declaration: t.TSDeclareFunction } =>
  node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'TSDeclareFunction';

interface Place {
  readonly file: string;
  /** The file, for messages. */
  readonly shown: string;
  /** Functions with several signatures. */
  readonly several: ReadonlySet<string>;
}

function taskOf(node: t.FunctionDeclaration, doc: Doc, { file, shown, several }: Place): TaskFunction {
  const name = node.id!.name;
  const fail = (what: string, at: t.Node = node): never => {
    throw new UsageError(`${shown}:${at.loc!.start.line}: ${name}: ${what}`);
  };
  if (!NAME.test(name)) fail('name it in letters and digits, like batchNorm');
  if (NAMES_OF_SUITES.has(name)) fail('choose another name; the tests and suites that are made use this one');
  if (several.has(name)) fail('write one signature; the grader calls it in one way');
  if (node.async || node.generator) fail('the grader takes what it has filled when it returns: no async, no function*');
  if (node.returnType && typeNameOf(node.returnType) !== 'void')
    fail('fill arrays that the caller hands over, and return nothing', node.returnType);
  const declared = node.params.map((parameter) => {
    const type = parameter.type === 'Identifier' ? typeNameOf(parameter.typeAnnotation) : undefined;
    if (type === undefined || !(ARRAYS.has(type) || type === 'number'))
      return fail('a parameter is Real (an array) or number; write the others by hand', parameter);
    return { name: (parameter as t.Identifier).name, isArray: type !== 'number' };
  });
  const clashing = declared.find(
    (one) => one.name === name || NAMES_OF_CALLS.has(one.name) || (one.name === 'data' && !one.isArray),
  );
  if (clashing) fail(`choose another name than ${clashing.name} for a parameter; what is made uses this one`);
  const parameters = kindsOf(declared, doc.parameters);
  for (const kind of ['input', 'output'] as const)
    if (!parameters.some((one) => one.kind === kind)) fail(`no parameter is an array to ${VERBS[kind]}`);
  const asks = doc.text === '' ? `${name} fills ${listOf(parameters, 'output')}.` : doc.text;
  return { name, file, title: firstSentence(asks), asks, parameters };
}

const VERBS = { input: 'read', output: 'fill' } as const;

const listOf = (parameters: readonly Parameter[], kind: Parameter['kind']): string =>
  parameters
    .filter((one) => one.kind === kind)
    .map(({ name }) => name)
    .join(', ');

/** Arrays whose comment says so are filled; if none does, the last one is. Without axes, all arrays are of one length. */
function kindsOf(
  declared: readonly { readonly name: string; readonly isArray: boolean }[],
  docs: ReadonlyMap<string, string>,
): Parameter[] {
  const textOf = (name: string) => docs.get(name) ?? '';
  const arrays = declared.filter(({ isArray }) => isArray).map(({ name }) => name);
  const filled = arrays.filter((name) => /\bfill(?:s|ed)?\b/u.test(textOf(name)));
  const outputs = filled.length > 0 ? filled : arrays.slice(-1);
  const axesOf = (name: string) => {
    const axes = [...(AXES.exec(textOf(name))?.[0] ?? '').matchAll(/[\w$]+/gu)].map(([axis]) => axis);
    return axes.length > 0 ? axes : ['length'];
  };
  const sizes = new Set(arrays.flatMap(axesOf));
  return declared.map(({ name, isArray }) => {
    if (!isArray) return { name, kind: sizes.has(name) ? 'size' : 'number', axes: [] };
    if (outputs.includes(name)) return { name, kind: 'output', axes: axesOf(name) };
    const range = rangeIn(textOf(name).replace(AXES, ''));
    return { name, kind: 'input', axes: axesOf(name), ...(range && { range }) };
  });
}

interface Doc {
  readonly text: string;
  /** The texts of `@param`, by name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The doc comment in front of a declaration. */
function docOf({ leadingComments }: t.Node): Doc {
  const comment = leadingComments?.findLast(({ type, value }) => type === 'CommentBlock' && value.startsWith('*'));
  const lines = (comment?.value ?? '').split('\n').map((line) => line.replace(/^\s*\*+\s?/u, '').trim());
  const [text, ...tags] = lines.join('\n').split(/\n(?=@)/u);
  const parameters = tags.flatMap((one) => {
    const { tag, name, text: about = '' } = TAG.exec(one)?.groups ?? {};
    return tag === 'param' && name !== undefined ? [[name, plain(about)] as const] : [];
  });
  return { text: plain(text.startsWith('@') ? '' : text), parameters: new Map(parameters) };
}

const plain = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Without the point, and without what a colon introduces. */
const firstSentence = (text: string): string => /^.*?(?=[.:;](?:\s|$)|$)/u.exec(text)![0];

function typeNameOf(annotation: t.Node | null | undefined): string | undefined {
  if (annotation?.type !== 'TSTypeAnnotation') return undefined;
  const { typeAnnotation: type } = annotation;
  if (type.type === 'TSNumberKeyword') return 'number';
  if (type.type === 'TSVoidKeyword') return 'void';
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;
}
