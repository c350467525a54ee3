import { relative, sep } from 'node:path';
import type { Message, Plugin } from 'esbuild';
import type { Assignment } from '../assignment.ts';
import { missingIn, notAvailable, REPLACED } from '../realm/notAvailable.ts';
import { computedImportRefused, importRefused, isAllowedImport, isSource } from './allowedImports.ts';
import { COMPILER } from './compiler.ts';
import { foreignReferences } from './foreignReferences.ts';
import { type BundledImports, givenFileRefused } from './givenFileRefused.ts';
import { loadFault } from './loadFault.ts';
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
    metafile: true,
    format: 'iife',
    platform: 'neutral',
    ...COMPILER,
    define: { ...REPLACED },
    logLevel: 'silent',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [checkedImports(assignment, sources)],
  }).catch((error: unknown) => {
    if (isBuildFailure(error)) return error;
    throw error;
  });
  const messages = [...refusedImports(assignment, sources), ...built.errors.map((error) => messageOf(error, sources))];
  if ('metafile' in built) messages.push(...refusedGivenFiles(assignment, sources, built.metafile.inputs));
  const refused = [...new Set(messages)].slice(0, MOST_ERRORS);
  if (refused.length > 0 || !('outputFiles' in built)) return refused.map(fatal);
  const fault = loadFault(built.outputFiles[0].text);
  return fault === undefined ? await missingGlobals(sources) : [fatal(fault)];
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

/** What the bundler may not follow is reported by `refusedImports`. */
const checkedImports = ({ packages }: Assignment, { folder, files, hasFile }: Sources): Plugin => ({
  name: 'checked-imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, importer }) => {
      const from = relative(folder, importer).split(sep).join('/');
      const isRefused = files.has(from) && !isAllowedImport({ packages, hasFile }, from, path);
      return isRefused ? { path, external: true } : undefined;
    });
  },
});

/** The bundler drops imports of types; the grader refuses them as any other. */
const refusedImports = ({ packages }: Assignment, { files, hasFile }: Sources): string[] =>
  sourcesOf(files).flatMap(([path, text]) =>
    foreignReferences(path, text, { packages, hasFile }).map(({ line, column, name, isComputed }) => {
      const message = isComputed ? computedImportRefused(name) : importRefused(name, packages);
      return `${path}:${line}:${column}: ${message}`;
    }),
  );

/** Given files may import more than deliverables. */
function refusedGivenFiles(assignment: Assignment, { files, hasFile }: Sources, modules: BundledImports): string[] {
  const rules = { ...assignment, hasFile, isDeliverable: (path: string) => files.has(path) };
  return [...files.keys()].flatMap((path) =>
    (modules[path]?.imports ?? [])
      .filter((imported) => !files.has(imported.path) && hasFile(imported.path))
      .map(({ path: target, original = target }) => givenFileRefused(original, target, modules, rules))
      .flatMap((refused) => (refused === undefined ? [] : [`${path}: ${refused}`])),
  );
}

/** A function that uses a missing global fails when it is called. */
async function missingGlobals({ files }: Sources): Promise<Problem[]> {
  const { transform } = await import('esbuild');
  const problems = sourcesOf(files).map(async ([path, text]) => {
    const { code } = await transform(text, { loader: 'ts', ...COMPILER, define: { ...REPLACED } });
    return missingIn(code).map((name) => warning(`${path}: ${notAvailable(name)}`));
  });
  return (await Promise.all(problems)).flat();
}

const sourcesOf = (files: Sources['files']): [path: string, text: string][] =>
  [...files].filter(([path]) => isSource(path)).map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]);

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
