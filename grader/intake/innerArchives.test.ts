import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type ArchiveEntry, tarOf, zipOf } from '../../tests/e2e/support/archives.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { inFolder } from '../../tests/e2e/support/runGrade.ts';
import type { Submission } from '../model/submission.ts';
import { readSubmission } from './readSubmission.ts';

const assignment = assignmentOf('conv2d-gemm');
const REQUIRED = ['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts'];
const file = (name: string, text = name): ArchiveEntry => ({ name, bytes: Buffer.from(text) });
const whole = REQUIRED.map((name) => file(name));
const holding = (name: string, bytes: Uint8Array): ArchiveEntry => ({ name, bytes });

async function read(name: string, bytes: Uint8Array, of = assignment): Promise<Submission> {
  let submission: Submission | undefined;
  await inFolder({}, async (folder) => {
    writeFileSync(join(folder, name), bytes);
    submission = await readSubmission(join(folder, name), of);
  });
  return submission!;
}

test.each([
  ['a zip in a zip', 'a.zip', 'hw.zip', zipOf([holding('hw.zip', zipOf(whole))])],
  ['a tar.gz in a zip', 'a.zip', 'hw.tar.gz', zipOf([holding('hw.tar.gz', gzipSync(tarOf(whole)))])],
  ['a zip in a tar.gz', 'a.tgz', 'ada/hw.zip', gzipSync(tarOf([holding('ada/hw.zip', zipOf(whole))]))],
  ['a tar in a tar', 'a.tar', 'hw.tar', tarOf([holding('hw.tar', tarOf(whole)), file('notes.pdf')])],
])('%s is opened, and the report says so', async (_, name, inner, bytes) => {
  const { files, assumed, ignored } = await read(name, bytes);
  expect([...files.keys()].toSorted()).toEqual(REQUIRED.toSorted());
  expect(assumed).toEqual([`${inner} in the archive was opened, too`]);
  expect(ignored.filter((path) => path.includes('hw'))).toEqual([]);
});

test('an archive inside another one only has what is nowhere else', async () => {
  const old = zipOf(REQUIRED.map((path) => file(path, 'old')));
  const { files } = await read('a.zip', zipOf([file(REQUIRED[0], 'new'), holding('old.zip', old)]));
  expect(REQUIRED.map((path) => files.get(path))).toEqual(['new', 'old', 'old']);
  const complete = await read('a.zip', zipOf([...whole, holding('old.zip', old)]));
  expect(REQUIRED.map((path) => complete.files.get(path))).toEqual(REQUIRED);
  expect(complete.assumed).toEqual([]);
  expect(complete.ignored).toEqual(['old.zip']);
});

test('an archive inside another one is opened if all deliverables are optional and none is there', async () => {
  const deliverables = assignment.deliverables.map((each) => ({ ...each, optional: true }));
  const outer = zipOf([holding('hw.zip', zipOf(whole)), file('notes.pdf')]);
  const { files } = await read('a.zip', outer, { ...assignment, deliverables });
  expect([...files.keys()].toSorted()).toEqual(REQUIRED.toSorted());
});

test('a folder with an archive in which another one is', () =>
  inFolder({ 'ada/motivation.md': 'why', 'ada/hw.zip': zipOf([holding('src.zip', zipOf(whole))]) }, async (folder) => {
    const { files } = await readSubmission(join(folder, 'ada'), assignment);
    expect([...files.keys()].toSorted()).toEqual(['motivation.md', ...REQUIRED].toSorted());
  }));

test('an archive that cannot be read costs only what is nowhere else', async () => {
  const { unusable, ignored } = await read('a.zip', zipOf([file(REQUIRED[0]), holding('rest.zip', Buffer.from('PK'))]));
  expect([...unusable.keys()]).toEqual(REQUIRED.slice(1));
  expect(ignored).toContainEqual(expect.stringMatching(/^rest\.zip: not a readable zip archive/));
});

test.each([
  [
    'three deep',
    zipOf([holding('b.zip', zipOf([holding('c.zip', zipOf(whole))]))]),
    /none of the deliverables was found/,
  ],
  ['damaged', zipOf([holding('b.zip', Buffer.from('PK'))]), /^b\.zip: not a readable zip archive/],
  [
    'four beside each other',
    zipOf(['a', 'b', 'c', 'd'].map((name) => holding(`${name}.zip`, zipOf(whole)))),
    /holds 4 archives; hand in one of them/,
  ],
  [
    'two versions',
    zipOf([
      holding('a.zip', zipOf(whole)),
      holding('b.zip', zipOf(whole.map((each) => ({ ...each, bytes: Buffer.from('other') })))),
    ]),
    /in a\.zip and in b\.zip; hand in one of these archives/,
  ],
])('archives in an archive that are refused: %s', async (_, bytes, message) =>
  expect(read('hw.zip', bytes)).rejects.toThrow(message),
);

test('what the members of a team handed in twice, byte for byte, is one', async () => {
  const { files, assumed } = await read(
    'team.zip',
    zipOf([holding('ada/a.zip', zipOf(whole)), holding('bob/b.zip', zipOf(whole))]),
  );
  expect(files.size).toBeGreaterThan(0);
  for (const path of files.keys()) expect(assumed.join()).toContain(`${path} is the same in `);
});

test('files of several archives that are ignored are named with their archive', async () => {
  const part = (path: string) => zipOf([file(path), file('notes.txt', path)]);
  const { ignored } = await read('hw.zip', zipOf(REQUIRED.map((path, at) => holding(`part${at + 1}.zip`, part(path)))));
  expect(ignored).toEqual(['part1.zip/notes.txt', 'part2.zip/notes.txt', 'part3.zip/notes.txt']);
});
