import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { LINK_MODE, zipOf } from '../../tests/e2e/support/archives.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { inFolder } from '../../tests/e2e/support/runGrade.ts';
import { wantedBy } from '../intake/readSubmission.ts';
import { readClass } from './handInsOf.ts';
import { openClass } from './openClass.ts';

const assignment = assignmentOf('conv2d-gemm');

async function namesIn(path: string): Promise<{ className: string; names: string[]; notes: readonly string[] }> {
  const source = await openClass(path, wantedBy(assignment));
  const { handIns, notes } = await readClass(source, path, assignment);
  source.close();
  return { className: source.name, names: handIns.map(({ name }) => name), notes };
}

/** The same class as a folder and as a zip archive. */
async function both(files: Readonly<Record<string, string>>): Promise<object[]> {
  const found: object[] = [];
  await inFolder(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`c/${path}`, text])),
    async (folder) => {
      found.push(await namesIn(join(folder, 'c')));
      const entries = Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
      writeFileSync(join(folder, 'c.zip'), zipOf(entries));
      found.push(await namesIn(join(folder, 'c.zip')));
    },
  );
  return found;
}

const MOODLE = 'Ada Lovelace_31_assignsubmission_file_';

test.each<[what: string, paths: readonly string[], className: string, names: readonly string[]]>([
  ['Moodle, an archive and a document', [`${MOODLE}/hw.zip`, `${MOODLE}/notes.pdf`], 'c', ['Ada Lovelace']],
  ['Moodle, two archives', [`${MOODLE}/hw.zip`, `${MOODLE}/old.zip`], 'c', ['Ada Lovelace']],
  ['Moodle, in a folder', [`hw1/${MOODLE}/hw.zip`], 'hw1', ['Ada Lovelace']],
  ['Brightspace', ['12-34 - Ada L - Nov 20, 2026 930 AM/hw.zip', 'index.html'], 'c', ['Ada L']],
  ['Brightspace, alone', ['12-34 - Ada L - Nov 20, 2026 930 AM/hw.zip'], 'c', ['Ada L']],
  ['ILIAS, in the assignment’s folder', ['Sheet 3/Lovelace_Ada_ada_1234/hw.zip'], 'Sheet 3', ['Ada Lovelace']],
  ['Canvas, in a folder', ['s/adal_101_9001_hw.zip', 's/adal_101_9002_notes.pdf'], 's', ['adal']],
  ['a folder with an archive and a document', ['ada/hw.zip', 'ada/notes.pdf'], 'c', ['ada']],
  ['a class in a folder', ['hw1/ada.zip', 'hw1/bob.zip', 'hw1/list.csv'], 'hw1', ['ada', 'bob']],
  ['a class of one in a folder, with a list', ['hw1/ada.zip', 'hw1/list.csv'], 'hw1', ['ada']],
])('a class of one is a class: %s', async (_, paths, className, names) =>
  expect(await both(Object.fromEntries(paths.map((path) => [path, ''])))).toEqual(
    Array(2).fill({ className, names, notes: [] }),
  ),
);

test('links in a class: to another submission, elsewhere, and nowhere', () =>
  inFolder({ 'c/ada/hw.zip': '', 'c/bob.zip': '', 'x/hw.zip': '' }, async (folder) => {
    symlinkSync('ada', join(folder, 'c/alias'));
    symlinkSync(join(folder, 'x'), join(folder, 'c/elsewhere'));
    symlinkSync('missing', join(folder, 'c/nowhere.zip'));
    expect(await namesIn(join(folder, 'c'))).toEqual({
      className: 'c',
      names: ['ada', 'bob', 'elsewhere', 'nowhere.zip'],
      notes: ['alias is a link to another submission, and not one of its own'],
    });
    const entries = ['ada.zip', 'bob.zip'].map((name) => ({ name, bytes: Buffer.from('') }));
    writeFileSync(join(folder, 'c.zip'), zipOf([...entries, { name: 'eve', mode: LINK_MODE }]));
    expect((await namesIn(join(folder, 'c.zip'))).names).toEqual(['ada', 'bob', 'eve']);
  }));
