import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import { peakMiB, processorSeconds, ROOT } from '../measureCommand.ts';
import { makeLargeClass } from './makeLargeClass.ts';

const assignment = findAssignment(ROOT, 'conv2d-gemm');
const [MOST_MIB, MOST_KB] = [200, 200];
/** A class, and in which time its first page must be there. */
const CLASSES = [
  { size: 500, seconds: 1.3 },
  { size: 2000, seconds: undefined },
] as const;

/** Opens the desk of large classes and asks for every kind of page: processor time, memory, and the sizes of pages. */
export async function benchmarkDesk(): Promise<void> {
  for (const { size, seconds } of CLASSES) {
    const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
    try {
      const team = await makeLargeClass(folder, assignment, size);
      console.log(`A class of ${size}, ${assignment.id}`);
      await walk(folder, team, seconds);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** A desk that runs. */
async function startDesk(folder: string) {
  const args = [join(ROOT, 'grader/cli/start.mjs'), 'desk', '--gradebook', 'gradebook.db', '--by', 'bench'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  for await (const piece of child.stdout) {
    printed += String(piece);
    if (printed.includes('token=')) break;
  }
  return { child, link: /http\S+/u.exec(printed)![0] };
}

async function walk(folder: string, team: string, most: number | undefined): Promise<void> {
  const { child, link } = await startDesk(folder);
  try {
    const used = () => processorSeconds(child.pid!);
    const started = used();
    const { headers } = await fetch(link, { redirect: 'manual' });
    const cookie = headers.get('set-cookie')!.split(';')[0];
    const { origin } = new URL(link);
    let largest = { path: '', kB: 0 };
    const read = async (path: string) => {
      const before = used();
      const text = await (await fetch(origin + path, { headers: { cookie } })).text();
      const kB = Buffer.byteLength(text) / 1000;
      if (kB > largest.kB) largest = { path, kB };
      return used() - before;
    };
    const first = await read(CLASS);
    console.log(
      `  first page of the class            ${(started + first).toFixed(2)} s of processor time, ${started.toFixed(2)} s of them to start` +
        (most === undefined ? '' : `; required ≤ ${most} s`),
    );
    console.log(`  the same page again                ${(await read(CLASS)).toFixed(2)} s of processor time`);
    for (const path of pagesOf(team)) await read(path);
    for (let time = 0; time < 30; time++) await read(`${CLASS}?words=s1&sort=-points&page=${1 + (time % 5)}`);
    console.log(
      `  largest page                       ${largest.kB.toFixed(0)} kB, ${largest.path}; required ≤ ${MOST_KB} kB`,
    );
    console.log(
      `  memory after every kind of page    ${peakMiB(child.pid!).toFixed(0)} MiB; required ≤ ${MOST_MIB} MiB`,
    );
  } finally {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('close', resolve));
  }
}

const CLASS = `/a/${assignment.id}/`;

/** Every kind of page, and files that are saved. */
const pagesOf = (team: string): string[] => [
  '/',
  ...['', 'source/?file=src/Im2MatLayer.ts', 'changes/?from=skeleton'].map((page) => `${CLASS}team/${team}/${page}`),
  ...['', `${team}/`].map((page) => `${CLASS}marking/question3.motivation/${page}`),
  ...['requests/', 'regrading/', 'export/', 'export/canvas'].map((page) => CLASS + page),
];
