import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { settledReport } from '../course/settledReport.ts';
import { CRITERION, openExample } from '../desk/test/openExample.ts';
import { recordClass } from '../desk/test/exampleCourse.ts';
import { attemptsOf } from '../gradebook/store/attempts.ts';
import { staleTeams } from '../gradebook/store/staleReports.ts';
import { saveReport } from '../report/saveReport.ts';
import { withKnownGradebook } from './gradebookOption.ts';

test('a report that could not be renewed is renewed by the next command that may change the gradebook', async () => {
  const { book, assignment, as, close } = await openExample();
  try {
    const [team] = await recordClass(book, assignment, 1);
    const [attempt] = await book.read((db) => attemptsOf(db, [team], assignment.id));
    const folder = join(book.folder, attempt.folder);
    await mkdir(folder, { recursive: true });
    await saveReport((await settledReport(book, assignment, attempt))!, folder);
    const savedTotal = async () => JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')).totals.earned;
    const before = await savedTotal();
    await rm(join(folder, 'report.html'));
    await mkdir(join(folder, 'report.html', 'in the way'), { recursive: true });

    const grace = await as('Grace');
    const page = `/a/${assignment.id}/marking/${CRITERION}/${team}/`;
    const answer = await grace.send(page, { points: '4', note: 'clear' });
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('Saved; the report could not')]);
    expect(await grace.read(page)).toContain('<b>4</b> by <bdi>Grace</bdi>');
    expect(await savedTotal()).toBe(before);

    await rm(join(folder, 'report.html'), { recursive: true });
    const location = join(book.folder, 'gradebook.db');
    await withKnownGradebook(location, () => Promise.resolve(), 'read');
    expect(await savedTotal()).toBe(before);
    await withKnownGradebook(location, () => Promise.resolve());
    expect(await savedTotal()).toBe(before + 4);
    expect(await book.read(staleTeams)).toEqual([]);
  } finally {
    await close();
  }
});
