import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { credit, CriterionFailure, type Verdict } from '../verdicts.ts';
import { type Fact, readForm } from './readForm.ts';
import { Sources } from './Sources.ts';
import { isTooDeep } from './isTooDeep.ts';
import { withinLimit } from './withinLimit.ts';

/** The required form of a function. */
export interface FormRule {
  /** As text, after "expected: ". */
  readonly expected: string;
  /** What is wrong with a function that does all this; undefined if nothing is. */
  problemIn(facts: readonly Fact[]): Problem | undefined;
}

interface Problem {
  /** The fact that shows it; none if something is missing. */
  readonly fact?: Fact;
  readonly found: string;
}

/** A function of a deliverable, and the rule for it. */
export interface AskedForm {
  readonly file: string;
  readonly name: string;
  readonly rule: FormRule;
  /** What is wrong with it as it runs, for functions whose syntax is right. */
  readonly wrongInRun?: string | undefined;
}

/**
 * Judges how functions are written, not what they compute: each counts alike. It terminates on any source: one that
 * takes more than a few seconds to read, or is nested too deeply, is lost.
 *
 * @param texts - the deliverables by path
 * @throws SubmissionFault `not-implemented` if none of them is written yet
 *
 * @example
 * ```ts
 * judgeForm(examination().sources(), [{ file: 'src/relu.ts', name: 'reluVector', rule: withoutLoops() }]);
 * ```
 */
export function judgeForm(texts: Readonly<Record<string, string>>, functions: readonly AskedForm[]): Verdict {
  const sources = new Sources(texts);
  const problems: (string | typeof NOT_WRITTEN | undefined)[] = [];
  const isRead = withinLimit(() => {
    for (const one of functions) problems.push(problemOf(sources, one));
  });
  if (!isRead) problems.push(...functions.slice(problems.length).map(unreadable('it takes too long; make it simpler')));
  if (problems.every((problem) => problem === NOT_WRITTEN))
    throw new SubmissionFault('not-implemented', `${functions.map(({ name }) => name).join(', ')}: not written yet`);
  const named = problems.flatMap((problem, i) =>
    problem === NOT_WRITTEN ? [`${functions[i].name} is not written yet`] : problem === undefined ? [] : [problem],
  );
  const share = problems.filter((problem) => problem === undefined).length / functions.length;
  return credit(
    share,
    named[0] ?? '',
    named.slice(1).map((message) => ({ type: 'remark', message })),
  );
}

const NOT_WRITTEN = Symbol('not written');

const unreadable =
  (why: string) =>
  ({ file, name }: AskedForm): string =>
    `${file}: the form of ${name} cannot be read: ${why}`;

function problemOf(sources: Sources, asked: AskedForm): string | typeof NOT_WRITTEN | undefined {
  const { file, name, rule, wrongInRun } = asked;
  try {
    const facts = readForm(sources, file, name);
    if (!facts) return `${file}: ${name} is not a function that can be read here`;
    if (facts.some(({ kind }) => kind === 'missing')) return NOT_WRITTEN;
    const evaluates = facts.find(({ kind }) => kind === 'evaluates');
    const problem = evaluates
      ? { fact: evaluates, found: `turns text into code` }
      : (rule.problemIn(facts) ?? (wrongInRun === undefined ? undefined : { found: wrongInRun }));
    return problem && sentence(file, name, problem, rule);
  } catch (error) {
    if (error instanceof CriterionFailure) return error.message;
    if (isTooDeep(error)) return unreadable('it is nested too deeply; put fewer brackets inside each other')(asked);
    throw error;
  }
}

/** `src/conv2d.ts:31: conv2dVector, by way of sum, reads x.data[i] in a loop; expected: …` */
function sentence(file: string, name: string, { fact, found }: Problem, { expected }: FormRule): string {
  const by = fact?.path.at(-1);
  const way = by === undefined || by === name ? '' : `, by way of ${by},`;
  return `${fact?.where ?? file}: ${name}${way} ${found}; expected: ${expected}`;
}
