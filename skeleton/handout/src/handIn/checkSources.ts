import { relative, sep } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Message, Plugin } from 'esbuild';
import type { Assignment } from '../assignment.ts';
import { isAllowedImport, isSource } from './allowedImports.ts';
import { fatal, type Problem, warning } from './Problem.ts';

interface Sources {
  readonly folder: string;
  /** The deliverables by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Whether a path is a deliverable's or a given file's. */
  readonly hasFile: (path: string) => boolean;
}

/**
 * What the grader's compiler would refuse: a source that cannot be parsed, an import that is not allowed, an export that
 * is missing. All required deliverables must be there.
 */
export async function checkSources(assignment: Assignment, sources: Sources): Promise<Problem[]> {
  const { build } = await import('esbuild');
  const built = await build({
    stdin: { contents: entryOf(assignment), resolveDir: sources.folder, sourcefile: ENTRY },
    absWorkingDir: sources.folder,
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2023',
    tsconfigRaw: { compilerOptions: { target: 'es2023', verbatimModuleSyntax: true } },
    logLevel: 'silent',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [checkedImports(assignment, sources)],
  }).catch((error: unknown) => {
    if (isBuildFailure(error)) return error;
    throw error;
  });
  const messages = [
    ...refusedImports(TYPE_IMPORT, assignment, sources),
    ...built.errors.map((error) => messageOf(error, sources)),
  ];
  const refused = [...new Set(messages)].slice(0, MOST_ERRORS);
  return [
    ...refused.map(fatal),
    ...refusedImports(IMPORT_CALL, assignment, sources).map((message) => warning(`${message}, types included`)),
    ...(refused.length === 0 && 'outputFiles' in built ? loadFaults(built.outputFiles[0].text).map(fatal) : []),
  ];
}

/** Long for what only declares functions. */
const LOAD_MS = 2000;

/** Runs the sources as far as the grader does before the first call: in a realm that has ECMAScript and nothing else. */
function loadFaults(bundle: string): string[] {
  try {
    runInNewContext(bundle, {}, { timeout: LOAD_MS });
    return [];
  } catch (error) {
    const { name, message } = error as Error;
    return [`the deliverables cannot be loaded when graded: ${name}: ${message}`];
  }
}

/** After the first few, errors are mostly consequences. */
const MOST_ERRORS = 5;
const ENTRY = 'hand-in.js';

const isBuildFailure = (error: unknown): error is { readonly errors: Message[] } =>
  error instanceof Error && 'errors' in error;

/** JavaScript, so that a missing export is an error: in TypeScript it could be a type. */
const entryOf = ({ entry, deliverables }: Assignment): string =>
  [
    `export { entry } from './${entry}';`,
    ...deliverables
      .filter(({ exports }) => exports.length > 0)
      .map(({ path, exports }, i) => {
        const names = exports.map((name) => `${name} as _${i}${name}`);
        return `import { ${names.join(', ')} } from './${path}';`;
      }),
  ].join('\n');

const checkedImports = (assignment: Assignment, { folder, files, hasFile }: Sources): Plugin => ({
  name: 'checked-imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, importer }) => {
      const from = relative(folder, importer).split(sep).join('/');
      const isRefused = files.has(from) && !isAllowedImport({ packages: assignment.packages, hasFile }, from, path);
      return isRefused ? { errors: [{ text: importRefused(path, assignment) }] } : undefined;
    });
  },
});

/** The bundler drops imports of types; the grader refuses them as any other. */
const TYPE_IMPORT = /^\s*(?:import|export)\s+type\s[^;'"]*?\bfrom\s*['"]([^'"\n]+)['"]/gmu;
/** A type can import anywhere in its expression; only the grader's parser can distinguish that from text. */
const IMPORT_CALL = /\bimport\s*\(\s*['"]([^'"\n]+)['"]/gu;

/** Refusals of the imports of deliverables that have a form. */
const refusedImports = (form: RegExp, assignment: Assignment, { files, hasFile }: Sources): string[] =>
  [...files]
    .filter(([path]) => isSource(path))
    .flatMap(([path, bytes]) =>
      [...Buffer.from(bytes).toString('utf8').matchAll(form)]
        .map(([, name]) => name)
        .filter((name) => !isAllowedImport({ packages: assignment.packages, hasFile }, path, name))
        .map((name) => `${path}: ${importRefused(name, assignment)}`),
    );

const importRefused = (name: string, { packages }: Assignment): string =>
  `import of "${name}" is not allowed; a deliverable may import ${packages.join(', ')} and the handout's own files in src/`;

const NOT_EXPORTED = [
  /^No matching export in "(?<path>[^"]*)" for import "(?<name>[^"]*)"/u,
  /^Import "(?<name>[^"]*)" will always be undefined because the file "(?<path>[^"]*)" has no exports/u,
];

/** Everything that imports a missing name has the same error. */
function messageOf({ text, location }: Message, { files }: Sources): string {
  const missing = NOT_EXPORTED.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (missing && files.has(missing['path']))
    return `${missing['path']} does not export ${missing['name']}; keep the name and the "export" of the handout`;
  return location ? `${location.file}:${location.line}:${location.column}: ${text}` : text;
}

/** The functions of a deliverable that still throw NotImplementedError. */
export function unwrittenIn(path: string, text: string): Problem[] {
  const names = [...new Set([...text.matchAll(STUB)].map(([, , name]) => name))];
  if (names.length === 0) return [];
  const last = names.pop()!;
  const [list, are] = names.length > 0 ? [`${names.join(', ')} and ${last}`, 'are'] : [last, 'is'];
  return [warning(`${path}: ${list} ${are} not written yet, which counts as not attempted`)];
}

const STUB = /\bnew NotImplementedError\(\s*(['"`])([^'"`\n]+)\1/gu;
