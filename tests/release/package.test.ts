import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../grader/assignments/findAssignments.ts';
import { handoutFiles } from '../../grader/release/handoutFiles.ts';
import { zipOf } from '../../grader/release/zipOf.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Shorter lines are braces and common words. */
const TELLING = 40;

const textsOf = (...folders: readonly string[]): string[] =>
  folders.flatMap((name) =>
    readdirSync(join(ROOT, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );

/** The lines that occur only in reference/ or tests/, and in these bytes. Stored, not deflated, they stand there as they are. */
function leaks(bytes: Buffer): string[] {
  const lines = textsOf('reference', 'tests').flatMap((text) => text.split('\n').map((line) => line.trim()));
  const [archive, given] = [bytes.toString('utf8'), textsOf('skeleton', 'data').join('\n')];
  return [...new Set(lines)].filter((line) => line.length > TELLING && archive.includes(line) && !given.includes(line));
}

describe.each(assignmentIds(ROOT))('of %s', (id) => {
  const assignment = assignmentOf(id);
  const files = handoutFiles(ROOT, assignment);

  test('nothing hidden is in the package: no line of the reference, the suites or the mutants', async () => {
    expect(leaks(await zipOf(files, id))).toEqual([]);
    const [deliverable] = assignment.deliverables;
    const [suite] = readdirSync(assignment.folders.tests).filter((name) => name.endsWith('.suite.ts'));
    const [mutant] = readdirSync(join(assignment.folders.tests, 'mutants'));
    for (const hidden of [
      join(assignment.folders.reference, deliverable.path),
      join(assignment.folders.tests, suite),
      join(assignment.folders.tests, 'mutants', mutant),
    ]) {
      const leaking = new Map(files).set('src/notes', readFileSync(hidden));
      expect(leaks(await zipOf(leaking, id))).not.toEqual([]);
    }
  });

  test('no file of the package is one of reference/ or tests/, or lies under such a name', () => {
    const names = [...files.keys()];
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => /reference|mutants|\.suite\.|kit\//.test(name))).toEqual([]);
    for (const { path, exports, binary } of assignment.deliverables) {
      // What programs write has no stub.
      if (binary) {
        expect(files.has(path)).toBe(false);
        continue;
      }
      const stub = readFileSync(join(assignment.folders.skeleton, path));
      expect(Buffer.from(files.get(path)!)).toEqual(stub);
      if (exports.length > 0) expect(stub).not.toEqual(readFileSync(join(assignment.folders.reference, path)));
    }
  });

  test('the same tree gives the same bytes, whenever and in whatever time zone', () =>
    inFolder({}, async (cwd) => {
      const zip = await zipOf(files, id);
      for (const [name, TZ] of Object.entries({ 'a.zip': 'Asia/Tokyo', 'b.zip': 'America/Lima' })) {
        expect((await runGrade(['release', id, '--out', name], cwd, { TZ })).code).toBe(0);
        expect(readFileSync(join(cwd, name)).equals(zip)).toBe(true);
      }
      expect(readdirSync(cwd).sort()).toEqual(['a.zip', 'b.zip']);
    }));
});

test('a folder that holds anything is refused in one line, and left as it is', async () => {
  writeFileSync(join(folder, 'mine'), '');
  const { code, stdout, stderr } = await runGrade(['release', 'conv2d-gemm', '--out', folder], folder);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `grade: ${folder} is not empty; a handout is written into a fresh folder\n`,
  });
  expect(readdirSync(folder)).toEqual(['mine']);
});

test('an empty folder is taken; an unknown assignment is refused', () =>
  inFolder({}, async (cwd) => {
    mkdirSync(join(cwd, 'empty'));
    expect((await runGrade(['release', 'conv2d-gemm', '--out', 'empty'], cwd)).code).toBe(0);
    expect(readdirSync(join(cwd, 'empty'))).toContain('package.json');
    const { code, stderr } = await runGrade(['release', 'conv3d', '--out', 'other'], cwd);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'grade: unknown assignment "conv3d"; there is: conv2d-gemm, modular-nets, simple-conv-net\n',
    });
    expect(readdirSync(cwd)).toEqual(['empty']);
  }));

test('a deliverable that is no stub any more is not handed out', () =>
  inFolder({}, async (cwd) => {
    const assignment = assignmentOf('conv2d-gemm');
    const folders = { ...assignment.folders, skeleton: assignment.folders.reference };
    expect(() => handoutFiles(ROOT, { ...assignment, folders })).toThrow(/Im2MatLayer\.ts is no stub any more/);
    expect(readdirSync(cwd)).toEqual([]);
  }));
