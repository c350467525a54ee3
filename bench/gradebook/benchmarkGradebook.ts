import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCommand } from '../measureCommand.ts';
import { CLASS_SIZE, makeClass, worksheetOf } from './makeClass.ts';
import { CRITERIA, makeCourse, STUDENTS } from './makeCourse.ts';

interface Target {
  /** Undefined if nothing is required. */
  readonly seconds?: number;
  readonly memoryMiB?: number;
}

/** Times a course of MOOC size and a large class whose gradings the gradebook has. */
export async function benchmarkGradebook(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  try {
    await benchmarkCourse(folder);
    await benchmarkClass(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchmarkCourse(folder: string): Promise<void> {
  console.log(`${STUDENTS} students × ${CRITERIA} criteria`);
  await makeCourse(join(folder, 'course.db'));
  for (const form of ['html', 'csv', 'json']) {
    const args = ['gradebook', '--gradebook', 'course.db', '--out', `gradebook.${form}`];
    await measure(`gradebook.${form}`, args, folder, { seconds: 5, memoryMiB: 300 });
  }
}

async function benchmarkClass(folder: string): Promise<void> {
  console.log(`A class of ${CLASS_SIZE} whose gradings are known, conv2d-gemm in full`);
  await makeClass(folder);
  const again = ['class', 'big', '--assignment', 'conv2d-gemm'];
  await measure('class, its reports written anew', again, folder, {});
  await measure('class, the same command again', again, folder, { seconds: 5, memoryMiB: 300 });
  await measure('regrade, nothing changed', ['regrade', 'conv2d-gemm'], folder, { seconds: 5, memoryMiB: 300 });
  writeFileSync(join(folder, 'worksheet.csv'), worksheetOf());
  for (const [format, ...more] of [['canvas'], ['moodle', '--worksheet', 'worksheet.csv'], ['nbgrader'], ['otter']]) {
    const args = ['export', format, '--assignment', 'conv2d-gemm', '--out', `${format}.csv`, ...more];
    await measure(`export ${format}`, args, folder, { seconds: 1 });
  }
}

async function measure(what: string, args: readonly string[], folder: string, target: Target): Promise<void> {
  const { code, seconds, memoryMiB } = await measureCommand(args, folder);
  const required = [
    ...(target.seconds === undefined ? [] : [`≤ ${target.seconds} s`]),
    ...(target.memoryMiB === undefined ? [] : [`≤ ${target.memoryMiB} MiB`]),
  ].join(', ');
  const measured = `  ${what.padEnd(34)} ${seconds.toFixed(2)} s, ${memoryMiB.toFixed(0)} MiB`;
  console.log(`${measured}${required && `; required ${required}`}${code === 0 ? '' : `; EXIT ${code}`}`);
}
