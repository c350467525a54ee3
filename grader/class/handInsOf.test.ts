import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
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

const flat = (owner: string) => entriesOf(owner).map((each) => ({ ...each, name: each.name.replace('src/', '') }));
const within = (folder: string, owner: string) =>
  entriesOf(owner).map((each) => ({ ...each, name: `${folder}/${each.name}` }));

const unusual: readonly [layout: string, files: Tree, owners: Readonly<Record<string, string>>][] = [
  [
    'archives without src, in folders twice, beside a PDF',
    {
      'ada.zip': zipOf(flat('ada')),
      'alan.zip': zipOf(within('hw/hw', 'alan')),
      'grace.zip': zipOf([...within('conv2d-gemm', 'grace'), { name: 'report.pdf' }]),
      ...under('emmy/hw/hw', filesOf('emmy')),
      ...under(
        'kurt',
        loose(() => '', 'kurt'),
      ),
      ...under('alonzo/solution', filesOf('alonzo')),
      'alonzo/report.pdf': '',
    },
    { ada: 'ada', alan: 'alan', alonzo: 'alonzo', emmy: 'emmy', grace: 'grace', kurt: 'kurt' },
  ],
  [
    'a teacher’s files beside the hand-ins',
    {
      ...under('ada', filesOf('ada')),
      'alan.zip': zipOf(entriesOf('alan')),
      'motivation.md': 'a model',
      'Conv2DLayer.ts': '// teacher',
      'grades.csv': '',
    },
    { ada: 'ada', alan: 'alan' },
  ],
  [
    'files that a browser or Windows renamed',
    {
      'lovelaceada_101_9000_Im2MatLayer (1).ts': '// ada',
      'lovelaceada_101_9001_Conv2DLayer(1).ts': '// ada',
      'lovelaceada_101_9002_classify.ts.txt': '// ada',
      'turingalan_102_9002_hw.zip': zipOf(entriesOf('alan')),
    },
    { lovelaceada: 'ada', turingalan: 'alan' },
  ],
];

const ownersOf = async (path: string): Promise<object> =>
  Object.fromEntries(
    (await handInsIn(path)).map((handIn) => {
      const { name, owner } = handIn as { name: string; owner: string };
      return [name, owner];
    }),
  );

test.each(unusual)('%s, as a folder and as a zip archive', (_, files, owners) =>
  inFolder(under('class', files), async (folder) => {
    expect(await ownersOf(join(folder, 'class'))).toEqual(owners);
    const entries = Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
    const path = join(folder, 'class.zip');
    writeFileSync(path, zipOf(entries));
    expect(await ownersOf(path)).toEqual(owners);
    writeFileSync(path, zipOf(entries.map((each) => ({ ...each, name: `../class/${each.name}` }))));
    expect(await ownersOf(path)).toEqual(owners);
  }),
);

test.each([
  [
    'Moodle',
    'Ada Lovelace_31_assignsubmission_file_/hw.zip',
    'Ada Lovelace_31_assignsubmission_file_/motivation.md',
    'Alan Turing_32_assignsubmission_file_/hw.zip',
  ],
  ['Canvas', 'lovelaceada_101_9000_hw.zip', 'lovelaceada_101_9001_motivation.md', 'turingalan_102_9002_hw.zip'],
])('a loose file beside an archive belongs to it, as %s gives them', (_, archive, beside, other) =>
  inFolder(
    {
      [`class/${archive}`]: zipOf(entriesOf('ada')),
      [`class/${beside}`]: 'why',
      [`class/${other}`]: zipOf(entriesOf('alan')),
    },
    async (folder) => {
      const source = await openClass(join(folder, 'class'), wanted);
      const read = await Promise.all(
        (await handInsOf(source, 'class', assignment)).map(async ({ list }) =>
          readListing(await list(), 'a', 'a', assignment),
        ),
      );
      expect(read.map(({ files }) => files.size)).toEqual([4, 3]);
      expect(read[0].files.get('motivation.md')).toBe('why');
    },
  ),
);

const ATTEMPT = 'HW1_ada_attempt_2026-11-20-10-00-00_';
const archiveOf = (text: string, ...paths: string[]) =>
  zipOf(paths.map((path) => ({ name: path, bytes: Buffer.from(`// ${text}`) })));

test.each([
  [
    'parts, as Blackboard gives them',
    { [`${ATTEMPT}a.zip`]: archiveOf('a', PATHS[0]), [`${ATTEMPT}b.zip`]: archiveOf('b', ...PATHS.slice(1)) },
    { texts: ['// a', '// b', '// b'], said: [] },
  ],
  [
    'two versions, as Blackboard gives them',
    { [`${ATTEMPT}a.zip`]: archiveOf('a', ...PATHS), [`${ATTEMPT}b.zip`]: archiveOf('b', PATHS[0]) },
    { texts: [undefined, '// a', '// a'], said: [/: in a\.zip and in b\.zip; hand in one of these archives$/] },
  ],
  [
    'two files of one hand-in, as Canvas gives them',
    {
      'lovelaceada_101_9003_a.zip': archiveOf('later', PATHS[0]),
      'lovelaceada_101_9000_b.zip': archiveOf('first', ...PATHS),
      'turingalan_102_9002_hw.zip': archiveOf('alan', ...PATHS),
    },
    {
      texts: ['// later', '// first', '// first'],
      said: [/ is in a\.zip and in b\.zip; a\.zip came last, and was taken$/],
    },
  ],
  [
    'a file that Canvas numbered because it came again',
    {
      'lovelaceada_101_9000_hw.zip': archiveOf('first', ...PATHS),
      'lovelaceada_101_9003_hw-1.zip': archiveOf('later', ...PATHS.slice(1)),
      'turingalan_102_9002_hw.zip': archiveOf('alan', ...PATHS),
    },
    { texts: [undefined, '// later', '// later'], said: [/^hw\.zip: handed in before hw-1\.zip, which was taken$/] },
  ],
  [
    'loose files, numbered by a browser and not by the platform',
    {
      [`${ATTEMPT}a.zip`]: archiveOf('a', ...PATHS.slice(1)),
      [`${ATTEMPT}Im2MatLayer (1).ts`]: '// 1',
      [`${ATTEMPT}Im2MatLayer (2).ts`]: '// 2',
    },
    { texts: [undefined, '// a', '// a'], said: [/Im2MatLayer \(1\)\.ts.*Im2MatLayer \(2\)\.ts/] },
  ],
  [
    'a loose file and its copy',
    {
      [`${ATTEMPT}a.zip`]: archiveOf('a', ...PATHS.slice(1)),
      [`${ATTEMPT}Im2MatLayer.ts`]: '// own',
      [`${ATTEMPT}Im2MatLayer - Copy.ts`]: '// copy',
    },
    { texts: ['// own', '// a', '// a'], said: [] },
  ],
])('archives of one attempt are read, or named: %s', (_, archives, { texts, said }) =>
  inFolder({}, async (folder) => {
    const path = join(folder, 'class.zip');
    const entries = Object.entries(archives).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
    writeFileSync(path, zipOf(entries));
    const source = await openClass(path, wanted);
    try {
      const [ada] = await handInsOf(source, 'class', assignment);
      const read = await readListing(await ada.list(), 'ada', 'ada', assignment);
      expect(PATHS.map((each) => read.files.get(each))).toEqual(texts);
      const lines = [...read.assumed, ...read.ignored, ...read.unusable.values()];
      for (const each of said) expect(lines).toContainEqual(expect.stringMatching(each));
    } finally {
      source.close();
    }
  }),
);

test('names in UTF-8 are read as such without the flag, and are composed', () =>
  inFolder({}, async (folder) => {
    const names = ['José Müller', 'Ada', '李雷'].map((name) => name.normalize('NFD'));
    const path = join(folder, 'class.zip');
    writeFileSync(path, withoutUtf8Flag(zipOf(names.flatMap((name) => within(name, name)))));
    expect(Object.keys(await ownersOf(path)).sort()).toEqual(['Ada', 'José Müller', '李雷'].sort());
  }));

/** Clears bit 11 of the flags in every header, as macOS and rubyzip leave it. */
function withoutUtf8Flag(bytes: Buffer): Buffer {
  const headers = [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const;
  for (const [signature, offset] of headers)
    for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 4))
      bytes.writeUInt16LE(bytes.readUInt16LE(at + offset) & ~0x800, at + offset);
  return bytes;
}

test('packages and coverage in unpacked folders do not make a class zip too large', () =>
  inFolder({}, async (folder) => {
    const path = join(folder, 'class.zip');
    const tools = (name: string) =>
      ['node_modules', 'coverage', '.venv'].flatMap((tool) =>
        Array.from({ length: 10_000 }, (_, i) => ({ name: `${name}/${tool}/${i}` })),
      );
    writeFileSync(path, zipOf(['ada', 'alan'].flatMap((name) => [...tools(name), ...within(name, name)])));
    expect(await ownersOf(path)).toEqual({ ada: 'ada', alan: 'alan' });
  }));

test('a class folder that is a link, or whose files are hard links of its owner, is read', () =>
  inFolder({ ...under('class/ada', filesOf('ada')), ...under('class/alan', filesOf('alan')) }, async (folder) => {
    for (const path of PATHS) linkSync(join(folder, 'class/ada', path), join(folder, path.replaceAll('/', '-')));
    symlinkSync('class', join(folder, 'linked'));
    expect(await ownersOf(join(folder, 'linked'))).toEqual({ ada: 'ada', alan: 'alan' });
  }));

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
