import type { ChildProcess } from 'node:child_process';
import { type FSWatcher, watch } from 'node:fs';
import { printRefusals, printResults } from './printResults.ts';
import { refusals } from './refusals.ts';
import { startJest } from './startJest.ts';

/** The folders that are watched. */
const FOLDERS = ['src', 'test'];
/** An editor that saves in several steps starts one run. */
const SETTLE_MS = 50;

/**
 * Runs the public tests now and after every change, until Ctrl-C. Needs no git, and an endless loop ends with the next
 * change: every run has its own process.
 */
export async function watchTests(jestArguments: readonly string[]): Promise<never> {
  let running: ChildProcess | undefined;
  let settled: NodeJS.Timeout | undefined;
  let latest = 0;
  const run = async (changed?: string) => {
    const own = ++latest;
    running?.kill('SIGKILL');
    if (changed !== undefined) console.log(`\n${changed} has changed\n`);
    const refused = await refusals();
    if (own !== latest) return;
    if (refused.length > 0) printRefusals(refused);
    else {
      const { child, ended } = startJest(jestArguments, 'inherit');
      running = child;
      const { results } = await ended;
      if (own !== latest) return;
      if (results) printResults(results);
    }
    console.log('\nwaiting for a change; Ctrl-C ends');
  };
  const onChange = (changed: string) => {
    clearTimeout(settled);
    settled = setTimeout(() => void run(changed), SETTLE_MS);
  };
  FOLDERS.forEach((folder) => watchFolder(folder, onChange));
  void run();
  return new Promise(() => {});
}

const watchFolder = (folder: string, onChange: (changed: string) => void): FSWatcher =>
  watch(folder, (_event, name) => {
    if (name?.endsWith('.ts')) onChange(`${folder}/${name}`);
  });
