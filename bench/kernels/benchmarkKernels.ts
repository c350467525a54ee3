import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../grader/model/errors.ts';
import type { NamedCase } from './Case.ts';
import { CASES } from './cases.ts';
import { drawKernels } from './chart.ts';
import { candidates, OURS } from './candidates.ts';
import { CandidateSet } from './CandidateSet.ts';
import { measureCase, type Repetitions } from './measureCase.ts';
import { progressOn } from './progress.ts';
import { type CaseSummary, summarize } from './summary.ts';
import { legend, renderCase } from './table.ts';

export interface KernelOptions {
  /** Only the cases whose name begins with this. */
  readonly only?: string;
  readonly quick?: boolean;
  /** Of each candidate that can use several. */
  readonly threads?: number;
  /** Files to write. */
  readonly out?: string;
  readonly json?: string;
}

const DRAWING = join(dirname(dirname(fileURLToPath(import.meta.url))), 'results/kernels.svg');

/** Times all available candidates, prints a table and writes a chart. */
export async function benchmarkKernels({
  only = '',
  quick = false,
  threads = 1,
  out = DRAWING,
  json,
}: KernelOptions): Promise<void> {
  const cases = CASES.filter(({ name }) => name.startsWith(only));
  if (cases.length === 0) throw new UsageError(`--only ${only}: no case begins with it; available: ${names()}`);
  const progress = progressOn(process.stderr);
  const setups = candidates(threads);
  const field = new CandidateSet(setups);
  const summaries: CaseSummary[] = [];
  try {
    for (const named of cases) {
      progress(`${named.name}: starting`);
      const { running, absences } = await field.assemble(named.case.kind);
      const { rounds, callLimit } = repetitions(named, quick);
      const onRound = (round: number) => progress(`${named.name}: round ${round + 1} of ${rounds}`);
      const result = await measureCase(named.case, running, { rounds, callLimit }, onRound);
      const summary = summarize(named, { ...result, absences: [...absences, ...result.absences] });
      progress('');
      console.log(`${renderCase(summary)}\n`);
      summaries.push(summary);
    }
  } finally {
    field.stop();
  }
  console.log(legend(OURS));
  const order = setups.map(({ name }) => name);
  write(out, await drawKernels(summaries, order));
  const { versions } = field;
  const everything = { cpu: cpus()[0].model, threads, versions, cases: summaries };
  if (json) write(json, `${JSON.stringify(everything, null, 2)}\n`);
}

/** Training takes seconds a call, so it gets fewer rounds. */
function repetitions({ case: { kind } }: NamedCase, quick: boolean): Repetitions {
  if (kind === 'epoch') return { rounds: quick ? 1 : 5, callLimit: 60 };
  return { rounds: quick ? 5 : 15, callLimit: 5 };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const names = (): string => CASES.map(({ name }) => name).join(', ');
