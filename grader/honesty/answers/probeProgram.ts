import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { Questions } from '../../model/questions.ts';
import { AnswerProbe } from './AnswerProbe.ts';

/**
 * Prints, as JSON, what an assignment's questions allow, and the answers among the exports of modules.
 *
 *     node --import tsx probeProgram.cjs <bundle of questions.ts> <folder> <modules in it> …
 */
const [questionsFile, folder, ...modules] = process.argv.slice(2);

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: ['node'],
};

async function answersAmong(questions: Questions): Promise<string[]> {
  const program = ts.createProgram(
    modules.map((path) => join(folder, path)),
    OPTIONS,
  );
  const checker = program.getTypeChecker();
  const probe = new AnswerProbe(checker, questions);
  for (const path of modules) {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(join(folder, path))!);
    const exports = symbol ? checker.getExportsOfModule(symbol) : [];
    // Programs and threads export nothing, and would start to run.
    if (!exports.some(({ flags }) => flags & ts.SymbolFlags.Value)) continue;
    const loaded = (await import(pathToFileURL(join(folder, path)).href).catch(() => ({}))) as Record<string, unknown>;
    for (const one of exports)
      if (loaded[one.name] !== undefined && !isReexport(one))
        probe.look(`${path} ${one.name}`, loaded[one.name], checker.getTypeOfSymbol(one));
  }
  return [...probe.found].sort();
}

/** Searched in its own module. */
const isReexport = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Alias) !== 0;

async function main(): Promise<void> {
  const { questions } = createRequire(import.meta.url)(questionsFile) as { questions: unknown };
  const known = Questions.parse(questions);
  const { onPurpose, sharedLines = {} } = known;
  const isAsked = modules.length > 0 && Object.keys(known.answers).length > 0;
  const found = isAsked ? await answersAmong(known) : [];
  const result = { found, onPurpose: Object.keys(onPurpose).sort(), sharedLines: Object.keys(sharedLines) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

void main();
