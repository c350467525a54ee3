import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { assignmentOf, deliverablesIn, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { suiteFiles } from '../compile/runtimeBundles.ts';
import { programDigest } from '../engines/gradingKey.ts';
import { assignmentIds } from './findAssignments.ts';
import { ownPackages, withDependencies } from './ownPackages.ts';
import { sourceFiles, sourcesOf } from './sources.ts';

const copy = mkdtempSync(join(tmpdir(), 'im2grade-sources-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The repository's own modules that go into the bundles. */
async function bundledWith(entryPoints: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [...entryPoints],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    outdir: copy,
    external: ['jest', 'jest-environment-node', 'esbuild', 'koffi'],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules/'));
}

describe.each(assignmentIds(ROOT))('of %s', (id) => {
  const assignment = assignmentOf(id);
  const names = sourceFiles(ROOT, assignment).map(({ name }) => name);

  test('they include every module of a grading: of the grader, the suites, the skeleton and the reference', async () => {
    const { reference, skeleton, tests } = assignment.folders;
    const modules = await bundledWith([
      ...suiteFiles(tests),
      join(skeleton, assignment.entry),
      ...[...deliverablesIn(assignment, reference).keys()]
        .filter((path) => path.endsWith('.ts'))
        .map((path) => join(reference, path)),
      ...[
        'examine/suiteRunnerProcess',
        'examine/SuiteEnvironment',
        'run/child/bootstrap',
        'run/child/jail',
        'grade/grade',
      ].map((name) => join(ROOT, 'grader', `${name}.ts`)),
    ]);
    expect(modules.length).toBeGreaterThan(100);
    expect(modules.filter((path) => !names.includes(path))).toEqual([]);
  });

  test('they include nothing of another assignment, and nothing that only tests the grader', () => {
    const others = assignmentIds(ROOT).filter((other) => other !== id);
    expect(names.filter((path) => others.some((other) => path.split('/').includes(other)))).toEqual([]);
    expect(names.filter((path) => /\/(mutants|accepted)\/|\.test\.ts$/.test(path))).toEqual([]);
  });

  test('a change of a library that is used changes the key of a grading, and of an unused one does not', () => {
    for (const file of ['package.json', 'package-lock.json', ...names]) copyIn(file);
    const libraries = withDependencies(ROOT, assignment.packages);
    expect(libraries.map(({ name }) => name)).toEqual(expect.arrayContaining(['@im2grade/engine', '@im2grade/nn']));
    for (const { folder } of libraries) {
      const before = programDigest(copy, assignment);
      appendFileSync(join(copy, folder, 'src/index.ts'), '\n');
      expect([folder, programDigest(copy, assignment)]).not.toEqual([folder, before]);
    }
    const before = programDigest(copy, assignment);
    mkdirSync(join(copy, 'skeleton/another/src'), { recursive: true });
    appendFileSync(join(copy, 'skeleton/another/src/index.ts'), '\n');
    expect(programDigest(copy, assignment)).toBe(before);
  });
});

/** Copies a file, and the manifests of the workspaces, to the same place in the copy. */
function copyIn(file: string): void {
  const target = join(copy, file);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(ROOT, file), target);
  if (file !== 'package.json') return;
  for (const { folder } of ownPackages(ROOT)) if (!existsSync(join(copy, folder))) copyIn(`${folder}/package.json`);
}

test('names of folders are relative to the repository, with forward slashes, and they exist', () => {
  for (const { name, path } of sourcesOf(ROOT, assignmentOf('simple-conv-net'))) {
    expect(name).toBe(relative(ROOT, path).split(sep).join('/'));
    expect(existsSync(path)).toBe(true);
  }
});
