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

const ANSWER = 'tokens.json';
/** For a file and for the start of the process: a file that a person wrote takes a hundredth. */
const [SECONDS_EACH, SECONDS_TO_START] = [2, 5];

/**
 * The tokens of texts, read by a process in the sandbox: some sources keep any parser busy. If a process does not come to
 * its end, the halves of its texts are read again, down to the one that stops it.
 *
 * @throws MachineFault if the process did not run, and the reason of the signal if it is aborted
 */
export async function readTokens(
  toolchain: Toolchain,
  assignment: Assignment,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<Read[]> {
  if (sources.length === 0) return [];
  const answer = await inFreshProcesses(() => askReader(toolchain, assignment, sources, signal));
  if (answer) return answer;
  if (sources.length === 1) return [{ refused: 'keeps the parser busy for too long, or needs too much memory' }];
  const half = sources.length >> 1;
  return [
    ...(await readTokens(toolchain, assignment, sources.slice(0, half), signal)),
    ...(await readTokens(toolchain, assignment, sources.slice(half), signal)),
  ];
}

/** Undefined if the process was stopped because of what it read. */
async function askReader(
  toolchain: Toolchain,
  assignment: Assignment,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<Read[] | undefined> {
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
    const args = [JSON.stringify(files), `${OUTPUT}/${ANSWER}`];
    const cpuSeconds = SECONDS_TO_START + SECONDS_EACH * sources.length;
    const result = await runCompiler(toolchain, tool, args, folder, assignment, { cpuSeconds });
    signal.throwIfAborted();
    return answerOf(result, folder, files.length);
  });
}

function answerOf(result: CompilerResult, folder: string, files: number): Read[] | undefined {
  if (result.end === 'too-busy' || result.end === 'too-much-memory') return undefined;
  // Of V8, which ends the process when its heap is full.
  if (result.stderr.includes('heap out of memory')) return undefined;
  if (result.end !== 'exited' || result.code !== 0) throw compilerFault('the reader of tokens', folder, result);
  const answers = z
    .array(TokensOrRefusal)
    .length(files)
    .parse(JSON.parse(outputOf(folder, ANSWER).toString('utf8')));
  return answers.map((answer) => ('tokens' in answer ? { tokens: unpacked(answer.tokens) } : answer));
}
