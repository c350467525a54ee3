import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Student } from '../model/student.ts';
import { putAwayLeavers } from './putAwayLeavers.ts';

const home = mkdtempSync(join(tmpdir(), 'im2grade-leavers-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const handIn = (folder: string, ...students: Student[]) => ({ folder, students });
const named = (name: string, sid?: string): Student => ({ name, ids: sid === undefined ? {} : { sid } });

/** A class of these hand-ins, with a report of each. */
function classOf(...handIns: readonly ReturnType<typeof handIn>[]): string {
  const out = mkdtempSync(join(home, 'class-'));
  const rows = handIns.map(({ folder, students }) => ({
    ...{ folder, students, name: students.map(({ name }) => name).join(', ') },
  }));
  writeFileSync(join(out, 'class.json'), JSON.stringify({ rows }));
  for (const { folder } of handIns) {
    mkdirSync(join(out, folder));
    writeFileSync(join(out, folder, 'report.json'), '{}');
  }
  return out;
}

test('who handed in nothing any more is named, and others’ reports stay', async () => {
  const out = classOf(handIn('ada', named('ada')), handIn('eve', named('eve')));
  expect(await putAwayLeavers(out, [handIn('ada', named('ada'))])).toEqual({ left: ['eve'], replaced: [] });
  const isThere = (path: string) => existsSync(join(out, path));
  expect(['ada/report.json', 'eve/report.json', 'eve/report.earlier.json'].map(isThere)).toEqual([true, false, true]);
});

test.each([
  ['another spelling', [named('José Müller')], [named('Mueller, Jose')]],
  ['an id', [named('Zhang Wei')], [named('Wei Zhang', '41')]],
  ['the name of an id', [named('0012')], [named('Ada Lovelace', '0012')]],
])('who is in the class under %s has not left it', async (_, before, now) => {
  const out = classOf(handIn('before', ...before));
  expect(await putAwayLeavers(out, [handIn('now', ...now)])).toEqual({ left: [], replaced: [before[0].name] });
});

test('of a team that is split, only who is in no other has left', async () => {
  const [ada, alan, grace] = [named('Ada', '1'), named('Alan', '2'), named('Grace', '3')];
  const now = [handIn('a', ada), handIn('b', grace, alan)];
  expect(await putAwayLeavers(classOf(handIn('team', ada, alan)), now)).toEqual({ left: [], replaced: ['Ada, Alan'] });
  expect(await putAwayLeavers(classOf(handIn('team', ada, alan)), now.slice(0, 1))).toEqual({
    ...{ left: ['Alan'], replaced: [] },
  });
});
