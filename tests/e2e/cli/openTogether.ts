import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { courseAssignment } from '../../../grader/gradebook/store/assignments.ts';
import { CourseGradebook } from '../../../grader/gradebook/store/CourseGradebook.ts';

/**
 * Makes gradebooks at the same moment as other processes: `openTogether.ts FOLDER NAME PROCESSES ROUNDS`. Prints the seed
 * of an assignment in each, as this process found it.
 */
const [, , folder, name, processes, rounds] = process.argv;

async function meet(round: number): Promise<void> {
  writeFileSync(join(folder, `ready${round}-${name}`), '');
  const ready = () => readdirSync(folder).filter((each) => each.startsWith(`ready${round}-`)).length;
  while (ready() < Number(processes) && !existsSync(join(folder, 'failed'))) await sleep(1);
}

const seeds: number[] = [];
try {
  for (let round = 0; round < Number(rounds); round++) {
    await meet(round);
    const book = await CourseGradebook.open(join(folder, `gradebook${round}.db`), folder);
    const { seed } = await courseAssignment(book, { id: 'sums', title: 'Sums', version: 1 });
    seeds.push(seed);
    await book.close();
  }
  process.stdout.write(JSON.stringify(seeds));
} catch (error) {
  // The others do not wait for a process that has failed.
  writeFileSync(join(folder, 'failed'), '');
  throw error;
}
