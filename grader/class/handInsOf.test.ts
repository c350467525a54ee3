import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tarOf, zipOf } from '../../tests/e2e/support/archives.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { inFolder } from '../../tests/e2e/support/runGrade.ts';
import { readListing, wantedBy } from '../intake/readSubmission.ts';
import { handInsOf } from './handInsOf.ts';
import { openClass } from './openClass.ts';

const assignment = assignmentOf('conv2d-gemm');
const wanted = wantedBy(assignment);
const PATHS = ['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts'];
const filesOf = (owner: string) => Object.fromEntries(PATHS.map((path) => [path, `// ${owner}`]));
const entriesOf = (owner: string) => PATHS.map((name) => ({ name, bytes: Buffer.from(`// ${owner}`) }));

type Tree = Readonly<Record<string, string | Uint8Array>>;
const under = (folder: string, files: Tree): Tree =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const loose = (prefix: (n: number) => string, owner: string): Tree =>
  Object.fromEntries(PATHS.map((path, n) => [prefix(n) + path.split('/')[1], `// ${owner}`]));

const METADATA = `
submission_11:
  :created_at: 2026-11-20 18:27:55.123456000 -07:00
  :submitters:
  - :name: Ada Lovelace
    :sid: '0815'
    :email: ada@example.org
submission_12:
  :submitters:
  - :name: Alan Turing
    :sid: 7
    :email: alan@example.org
  - :name: Alonzo Church
    :sid:
    :email: alonzo@example.org
`;

const layouts: readonly [layout: string, className: string, files: Tree, handIns: readonly object[]][] = [
  [
    'a folder or an archive for each',
    'hw',
    {
      ...under('ada', filesOf('ada')),
      'alan.zip': zipOf(entriesOf('alan')),
      'grace.tar': tarOf(entriesOf('grace')),
      'list.csv': '',
    },
    [
      { id: 'ada', name: 'ada', folder: 'ada', owner: 'ada' },
      { id: 'alan', name: 'alan', folder: 'alan', owner: 'alan' },
      { id: 'grace', name: 'grace', folder: 'grace', owner: 'grace' },
    ],
  ],
  [
    'Canvas',
    'submissions',
    {
      'lovelaceada_101_9001_hw.zip': zipOf(entriesOf('first')),
      'lovelaceada_101_9002_hw-1.zip': zipOf(entriesOf('ada')),
      ...loose((n) => `o_brien_LATE_102_900${n + 3}_`, 'brien'),
      'anon_Xy7_9009_hw.zip': zipOf(entriesOf('nobody')),
    },
    [
      { id: 'Xy7', name: 'anon_Xy7', isLate: false, owner: 'nobody' },
      { id: '101', name: 'lovelaceada', isLate: false, folder: 'lovelaceada-101', owner: 'ada' },
      { id: '102', name: 'o_brien', isLate: true, owner: 'brien' },
    ],
  ],
  [
    'Moodle with folders',
    'hw',
    {
      ...under('Ada Lovelace_31_assignsubmission_file_', { 'hw.zip': zipOf(entriesOf('ada')) }),
      ...under(
        'Alan Turing_32_assignsubmission_file_',
        loose(() => '', 'alan'),
      ),
      ...under('Alan Turing_32_assignsubmission_onlinetext_', { 'onlinetext.html': 'hello' }),
    },
    [
      { id: '31', name: 'Ada Lovelace', folder: 'Ada_Lovelace-31', owner: 'ada' },
      { id: '32', name: 'Alan Turing', owner: 'alan' },
    ],
  ],
  [
    'Moodle without folders',
    'hw',
    {
      'Ada Lovelace_31_assignsubmission_file_hw.zip': zipOf(entriesOf('ada')),
      ...loose(() => 'Alan Turing_32_assignsubmission_file_', 'alan'),
    },
    [
      { id: '31', name: 'Ada Lovelace', owner: 'ada' },
      { id: '32', name: 'Alan Turing', owner: 'alan' },
    ],
  ],
  [
    'Gradescope',
    'export',
    {
      'assignment_5_export/submission_metadata.yml': METADATA,
      ...under('assignment_5_export/submission_11', filesOf('ada')),
      ...under(
        'assignment_5_export/submission_12',
        loose(() => '', 'both'),
      ),
    },
    [
      {
        ...{ id: '0815', name: 'Ada Lovelace', email: 'ada@example.org', owner: 'ada' },
        handedInAt: '2026-11-21T01:27:55.123Z',
      },
      { id: '7', name: 'Alan Turing, Alonzo Church', email: 'alan@example.org, alonzo@example.org', owner: 'both' },
    ],
  ],
  [
    'GitHub Classroom',
    'conv2d-submissions',
    { ...under('conv2d-ada-l', filesOf('ada')), ...under('conv2d-alan', { ...filesOf('alan'), '.git/HEAD': 'ref' }) },
    [
      { id: 'ada-l', name: 'ada-l', owner: 'ada' },
      { id: 'alan', name: 'alan', owner: 'alan' },
    ],
  ],
];

async function handInsIn(path: string): Promise<object[]> {
  const source = await openClass(path, wanted);
  try {
    const handIns = await handInsOf(source, path, assignment);
    return await Promise.all(
      handIns.map(async ({ list, ...handIn }) => {
        const { files } = await readListing(await list(), handIn.name, handIn.source, assignment);
        return { ...handIn, owner: [...new Set(files.values())].join().replace('// ', ''), count: files.size };
      }),
    );
  } finally {
    source.close();
  }
}

test.each(layouts)('%s, as a folder', (_, className, files, handIns) =>
  inFolder(under(className, files), async (folder) =>
    expect(await handInsIn(join(folder, className))).toEqual(
      handIns.map((handIn) => expect.objectContaining({ ...handIn, count: 3 })),
    ),
  ),
);

test.each(layouts)('%s, as a zip archive', (_, className, files, handIns) =>
  inFolder({}, async (folder) => {
    const path = join(folder, `${className}.zip`);
    writeFileSync(path, zipOf(Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) }))));
    expect(await handInsIn(path)).toEqual(handIns.map((handIn) => expect.objectContaining({ ...handIn, count: 3 })));
  }),
);

test('a malicious name in a zip archive of a class does not affect the other hand-ins', () =>
  inFolder({}, async (folder) => {
    const path = join(folder, 'class.zip');
    const names = [
      '../evil.ts',
      'ada/../../evil.ts',
      'C:\\evil',
      ...PATHS.map((each) => `ada/${each}`),
      'alan/notes.txt',
    ];
    writeFileSync(path, zipOf(names.map((name) => ({ name, bytes: Buffer.from('// ada') }))));
    const source = await openClass(path, wanted);
    const [ada, ...others] = await handInsOf(source, path, assignment);
    expect((await readListing(await ada.list(), 'ada', 'ada', assignment)).files.size).toBe(3);
    expect(others.map(({ name }) => name)).toEqual(['alan']);
    source.close();
  }));

test('names that collide on some file systems get separate folders', () =>
  inFolder(
    {
      ...under('class/Ada', filesOf('a')),
      ...under('class/ada', filesOf('b')),
      ...under('class/class.json', filesOf('c')),
    },
    async (folder) => {
      const source = await openClass(join(folder, 'class'), wanted);
      const folders = (await handInsOf(source, 'class', assignment)).map((handIn) => handIn.folder);
      expect(folders).toEqual(['Ada', 'ada.2', 'class.json.2']);
    },
  ));
