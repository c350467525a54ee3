import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isSource } from '@im2grade/handout/rules';
import * as z from 'zod';
import { compilerFault } from '../compile/compilerFault.ts';
import type { Toolchain } from '../compile/findToolchain.ts';
import { inFreshProcesses } from '../compile/freshProcesses.ts';
import { inTemporaryFolder, OUTPUT, outputOf } from '../compile/inTemporaryFolder.ts';
import { type CompilerResult, runCompiler } from '../compile/runCompiler.ts';
import { ownProgram } from '../host/ownProgram.ts';
import type { Assignment } from '../model/assignment.ts';
import { TokensOrRefusal, unpacked } from './tokens/packed.ts';

/** What a text is read as: numbers for each token, or why there are none. */
export type Read = { readonly tokens: Int32Array } | { readonly refused: string };

/** A text, and the path of its deliverable, which says what is in it. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What a process has read before it came to its end, or was stopped because of what it read. */
interface Answer {
  readonly read: readonly Read[];
  readonly stoppedBy?: 'time' | 'memory';
}

const ANSWERS = 'tokens.jsonl';
/** For a file and for the start of the process: a file that a person wrote takes a hundredth. */
const [SECONDS_EACH, SECONDS_TO_START] = [2, 5];

/**
 * The tokens of texts, read by a process in the sandbox: some sources keep any parser busy. If a process does not come to
 * its end, the text at which it stopped is refused, and another process reads those after it.
 *
 * @throws MachineFault if the process did not run, and the reason of the signal if it is aborted
 */
export async function readTokens(
  toolchain: Toolchain,
  assignment: Assignment,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<Read[]> {
  const all: Read[] = [];
  while (all.length < sources.length) {
    const left = sources.slice(all.length);
    const { read, stoppedBy } = await inFreshProcesses(() => askReader(toolchain, assignment, left, signal));
    all.push(...read);
    // Memory may be full of what was read before: a text is to blame if it is the first.
    const isToBlame = stoppedBy === 'time' || (stoppedBy === 'memory' && read.length === 0);
    if (isToBlame && read.length < left.length) all.push({ refused: REFUSALS[stoppedBy] });
  }
  return all;
}

const REFUSALS = {
  time: 'keeps the parser busy for too long',
  memory: 'needs too much memory to be parsed',
} as const;

async function askReader(
  toolchain: Toolchain,
  assignment: Assignment,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const program = await ownProgram({
    name: 'tokens',
    source: 'grader/similar/tokens/tokenReader.ts',
    besides: ['skeleton/handout/src/handIn/walkTree.ts'],
  });
  const files = sources.map(({ path }, at) => `${at}.${isSource(path) ? 'ts' : 'txt'}`);
  const workspace = new Map(sources.map(({ text }, at) => [files[at], text]));
  const tool = { argv: [process.execPath, program], folder: program };
  return inTemporaryFolder(toolchain.sandbox, workspace, async (folder) => {
    const args = [JSON.stringify(files), `${OUTPUT}/${ANSWERS}`];
    const result = await runCompiler(toolchain, tool, args, folder, assignment, {
      cpuSeconds: SECONDS_TO_START + SECONDS_EACH * sources.length,
      steps: {
        done: () => statSync(join(folder, OUTPUT, ANSWERS), { throwIfNoEntry: false })?.size ?? 0,
        seconds: (written) => (written === 0 ? SECONDS_TO_START : SECONDS_EACH),
      },
    });
    signal.throwIfAborted();
    return answerOf(result, folder, files.length);
  });
}

function answerOf(result: CompilerResult, folder: string, files: number): Answer {
  const stoppedBy = whatStopped(result);
  const hasExited = result.end === 'exited' && result.code === 0;
  const read = hasExited || stoppedBy ? answersIn(folder, files) : undefined;
  if (!read || (hasExited && read.length < files)) throw compilerFault('the reader of tokens', folder, result);
  return { read, ...(stoppedBy && { stoppedBy }) };
}

function whatStopped({ end, stderr }: CompilerResult): Answer['stoppedBy'] {
  if (end === 'too-busy') return 'time';
  // Of V8, which ends the process when its heap is full.
  return end === 'too-much-memory' || stderr.includes('heap out of memory') ? 'memory' : undefined;
}

/** The answers that were written whole; undefined if the reader has not started. */
function answersIn(folder: string, files: number): Read[] | undefined {
  if (!existsSync(join(folder, OUTPUT, ANSWERS))) return undefined;
  const lines = outputOf(folder, ANSWERS).toString('utf8').split('\n').slice(1, -1);
  const answers = z
    .array(TokensOrRefusal)
    .max(files)
    .parse(lines.map((line): unknown => JSON.parse(line)));
  return answers.map((answer) => ('tokens' in answer ? { tokens: unpacked(answer.tokens) } : answer));
}
