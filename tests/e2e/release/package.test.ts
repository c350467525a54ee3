import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { zipOf } from '@im2grade/handout/zipOf';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { missingPackages } from '../../../grader/honesty/handoutChecks.ts';
import { leaksIn, sharedPassages } from '../../../grader/honesty/leaks.ts';
import { handoutFiles } from '../../../grader/release/handoutFiles.ts';
import type { Questions } from '../../../grader/model/questions.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(assignmentIds(ROOT))('of %s', (id) => {
  const assignment = assignmentOf(id);
  const files = handoutFiles(ROOT, assignment);

  test('a line of the reference, a suite or a mutant would be noticed', () => {
    const [deliverable] = assignment.deliverables;
    const [suite] = readdirSync(assignment.folders.tests).filter((name) => name.endsWith('.suite.ts'));
    const [mutant] = readdirSync(join(assignment.folders.tests, 'mutants'));
    for (const hidden of [
      join(assignment.folders.reference, deliverable.path),
      join(assignment.folders.tests, suite),
      join(assignment.folders.tests, 'mutants', mutant),
    ]) {
      const leaking = new Map(files).set('src/notes', readFileSync(hidden));
      expect(leaksIn(ROOT, assignment, leaking).filter(({ path }) => path === 'src/notes')).not.toEqual([]);
    }
  });

  test('no file of the package contains a line of the solution or the suites, except those that may be shared', async () => {
    const { questions } = (await import(`../../${id}/questions.ts`)) as { questions: Questions };
    const leaked = leaksIn(ROOT, assignment, files).map(({ passage }) => passage);
    const shared = new Set([...sharedPassages(ROOT, assignment), ...leaked]);
    expect([...shared].sort()).toEqual(Object.keys(questions.sharedLines ?? {}).sort());
  });

  test('a package of the repository that is not in it would be noticed', () => {
    const naming = new Map(files).set('src/notes', '@im2grade/kit');
    expect(missingPackages(assignment, naming)).toEqual(['kit']);
  });

  test('no file of the package is from reference/ or tests/, or has such a folder in its path', () => {
    const names = [...files.keys()];
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => /reference|mutants|\.suite\.|kit\//.test(name))).toEqual([]);
    for (const { path, exports } of assignment.deliverables) {
      const isHandedOut = existsSync(join(assignment.folders.skeleton, path));
      expect(files.has(path)).toBe(isHandedOut);
      if (!isHandedOut) continue;
      const stub = readFileSync(join(assignment.folders.skeleton, path));
      expect(Buffer.from(files.get(path)!)).toEqual(stub);
      if (exports.length > 0) expect(stub).not.toEqual(readFileSync(join(assignment.folders.reference, path)));
    }
  });

  test('the same tree gives the same bytes, at any time and in any time zone', () =>
    inFolder({}, async (cwd) => {
      const zip = await zipOf(files, id);
      for (const [name, TZ] of Object.entries({ 'a.zip': 'Asia/Tokyo', 'b.zip': 'America/Lima' })) {
        expect((await runGrade(['release', id, '--out', name], cwd, { TZ })).code).toBe(0);
        expect(readFileSync(join(cwd, name)).equals(zip)).toBe(true);
      }
      expect(readdirSync(cwd).sort()).toEqual(['a.zip', 'b.zip']);
    }));
});

test('a folder that is not empty is refused in one line, and left unchanged', async () => {
  writeFileSync(join(folder, 'mine'), '');
  const { code, stdout, stderr } = await runGrade(['release', 'conv2d-gemm', '--out', folder], folder);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `grade: ${folder} is not empty; a handout is written into a fresh folder\n`,
  });
  expect(readdirSync(folder)).toEqual(['mine']);
});

test('an empty folder is accepted; an unknown assignment is refused', () =>
  inFolder({}, async (cwd) => {
    mkdirSync(join(cwd, 'empty'));
    expect((await runGrade(['release', 'conv2d-gemm', '--out', 'empty'], cwd)).code).toBe(0);
    expect(readdirSync(join(cwd, 'empty'))).toContain('package.json');
    const { code, stderr } = await runGrade(['release', 'conv3d', '--out', 'other'], cwd);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `grade: unknown assignment "conv3d"; available: ${assignmentIds(ROOT).join(', ')}\n`,
    });
    expect(readdirSync(cwd)).toEqual(['empty']);
  }));

test('a path that looks like a mistake is refused, and nothing is made', () =>
  inFolder({}, async (cwd) => {
    const release = (out: string) => runGrade(['release', 'conv2d-gemm', '--out', out], cwd);
    expect(await release('handout.tar.gz')).toMatchObject({
      code: 2,
      stderr:
        'grade: handout.tar.gz: name an archive that ends in .zip, or a folder; a folder of this name must exist\n',
    });
    const { code, stderr } = await release('week/1/handout.zip');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^grade: week\/1\/handout\.zip: there is no folder \/.*week\/1; create it first\n$/);
    expect(readdirSync(cwd)).toEqual([]);
    mkdirSync(join(cwd, 'handout.v2'));
    expect((await release('handout.v2')).code).toBe(0);
    expect((await release('WEEK1.ZIP')).code).toBe(0);
    expect(readFileSync(join(cwd, 'WEEK1.ZIP')).subarray(0, 2).toString()).toBe('PK');
  }));

test('a deliverable that is no longer a stub is not handed out', () =>
  inFolder({}, async (cwd) => {
    const assignment = assignmentOf('conv2d-gemm');
    const folders = { ...assignment.folders, skeleton: assignment.folders.reference };
    expect(() => handoutFiles(ROOT, { ...assignment, folders })).toThrow(/Im2MatLayer\.ts is no longer a stub/);
    expect(readdirSync(cwd)).toEqual([]);
  }));

test('a package that no deliverable may import, and that is not a tool, is not handed out', () => {
  const { packages, ...assignment } = assignmentOf('simple-conv-net');
  expect(() =>
    handoutFiles(ROOT, { ...assignment, packages: packages.filter((name) => !/tensor/.test(name)) }),
  ).toThrow(
    'skeleton/simple-conv-net/package.json needs @im2grade/tensor; name it in packages: of assignment.yaml, or leave it out',
  );
});
