import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import type { Evidence } from '@im2grade/grader/model/evidence.ts';
import { type Finding, isPending } from '@im2grade/grader/model/outcome.ts';
import { type Domain, domainOf, seedOf } from './Domain.ts';
import type { Sample } from './showsWork.ts';
import { Subject, subjectOf, isSubmissionFault } from './Subject.ts';
import { examination } from './examination.ts';
import { functionWithoutWork } from './functionWithoutWork.ts';
import type { CriterionFailure, Verdict } from './verdicts.ts';

/** What a criterion's test works with. */
export interface CriterionContext {
  /** The submission, with the reference's parts if it lost something that this criterion needs. */
  readonly submission: Subject;
  readonly reference: Subject;
  readonly criterion: Criterion;
  /** Of the inputs: the same seed gives the same ones. */
  readonly seed: number;
}

/**
 * Findings so far, by id: suites run one after another, so the results of a needed criterion are known before this one
 * runs.
 */
const findings = new Map<string, Finding>();

/** The calls of each criterion that were answered. */
const samplesOf = new Map<string, Sample[]>();

export interface CriterionOptions {
  /**
   * Every number that the body passes to the submission follows from the context's seed, and none must stay secret: if
   * the criterion is hidden and lost, it may be examined again on public inputs.
   */
  readonly seeded?: boolean;
  /** The settings of its row that the body reads: `assignment.yaml` must have exactly these. */
  readonly settings?: readonly string[];
}

/**
 * Declares the test that examines one criterion of `assignment.yaml`, which also has its points, needs and tolerances.
 *
 * @param body - returns (passed), returns a verdict, or throws `CriterionFailure`; anything else that it throws is a
 *   fault of the grader
 *
 * @example
 * ```ts
 * criterion('relu.forward', async ({ submission, seed }) => {
 *   const x = randomData(seed, 'relu').real(6);
 *   const call: Call = { name: 'relu', options: {}, inputs: [x], outputs: [{ dtype: 'float64', length: 6 }] };
 *   const { outputs } = await submission.call(call);
 *   if (outputs[0].some((y, i) => y !== Math.max(0, x[i]))) throw new CriterionFailure('y is max(0, x)');
 * });
 * ```
 */
export function criterion(id: string, body: Body, { seeded = false, settings = [] }: CriterionOptions = {}): void {
  const { criteria, selected, declare } = examination();
  declare({ id, settings });
  const row = criteria.find((candidate) => candidate.id === id);
  if (!row) return;
  if (!isExamined(id)) {
    test.skip(id, () => {});
    return;
  }
  test(id, async () => {
    if (selected.has(id)) examination().started(id);
    const finding = await examineCriterion(row, body, seeded);
    findings.set(id, finding);
    if (selected.has(id)) examination().report(finding);
    if (finding.status === 'grader-error') throw new Error(finding.reason);
  });
}

/** Whether it is selected, or one that is selected depends on it. */
function isExamined(id: string): boolean {
  const { criteria, selected } = examination();
  const examined = new Set(selected);
  // Ids that are added here are visited as well.
  for (const each of examined) {
    const { needs = [], beside = [] } = criteria.find((candidate) => candidate.id === each) ?? {};
    for (const other of [...needs, ...beside]) examined.add(other);
  }
  return examined.has(id);
}

type Body = (context: CriterionContext) => Promise<Verdict | void>;

async function examineCriterion(row: Criterion, body: Body, seeded: boolean): Promise<Finding> {
  const startedAt = Date.now();
  const lost = row.needs
    .map((need) => findings.get(need))
    .filter((finding) => finding !== undefined && finding.status !== 'passed') as Finding[];
  const substituted = [...new Set(lost.flatMap(({ id }) => rowOf(id).examines))];
  const finish = (verdict: AnyVerdict, help: string[], publicFailure?: Finding['publicFailure']): Finding => ({
    id: row.id,
    ...verdict,
    ...(verdict.status === 'not-attempted' && { reason: unusableReason(row) ?? verdict.reason }),
    substituted: help,
    seconds: (Date.now() - startedAt) / 1000,
    evidence: [...verdict.evidence],
    ...(publicFailure && { publicFailure }),
  });
  const reason = unusableReason(row);
  const isUnusable = (path: string): boolean => Object.hasOwn(examination().unusable(), path);
  if (reason !== undefined && row.examines.every(isUnusable)) return finish(verdict('not-attempted', reason), []);
  if (lost.length > 0 && row.examines.every((path) => substituted.includes(path)))
    return finish(await withoutOwnParts(row, lost).catch(verdictOf), []);
  if (lost.length > 0 && row.kind === 'speed')
    return finish(await timedWithHelp(row, body, lost, substituted), substituted);
  const submission = subjectFor(row, substituted);
  const found = await examineOn(row, body, submission);
  samplesOf.set(row.id, samplesFrom(row, submission));
  const counted = await countedBesideOthers(row, found).catch(verdictOf);
  return finish(counted, substituted, seeded ? await publicFailureOf(found, row, body, substituted) : undefined);
}

/** Why the first deliverable that a criterion examines and that cannot be used cannot be; undefined if all can. */
function unusableReason({ examines }: Criterion): string | undefined {
  const unusable = examination().unusable();
  return examines.filter((path) => Object.hasOwn(unusable, path)).map((path) => unusable[path])[0];
}

const subjectFor = ({ visibility }: Criterion, substituted: readonly string[]): Subject =>
  subjectOf({ of: 'submission', substituted }, domainOf(visibility));

/**
 * Times a submission with the reference's parts in place of those that are wrong, and as it is: the lower credit
 * counts, so that nobody earns points by the reference's speed. If it cannot be timed as it is, only the first time is
 * known. (ADR 1)
 */
async function timedWithHelp(
  row: Criterion,
  body: Body,
  lost: readonly Finding[],
  substituted: readonly string[],
): Promise<AnyVerdict> {
  const missing = lost.find(({ status }) => status === 'not-attempted');
  if (missing) return verdict('not-attempted', missing.reason);
  const helped = await examineOn(row, body, subjectFor(row, substituted));
  if (helped.credit === 0) return helped;
  const asItIs = new Subject({ of: 'submission', substituted: [] }, { isKnownWrong: true });
  const own = await examineOn(row, body, asItIs);
  await asItIs.restart();
  const isTimed = own.evidence.some(({ type }) => type === 'timing' || type === 'scaling');
  return isTimed && own.credit < helped.credit ? { ...own, reason: `${own.reason}, as it was handed in` } : helped;
}

function samplesFrom({ visibility }: Criterion, submission: Subject): Sample[] {
  const reference = subjectOf({ of: 'reference' }, domainOf(visibility));
  return submission.samples.take().map((call) => ({ call, submission, reference }));
}

/** What a function without work passes as well is not counted: a bug is charged once, and doing nothing earns nothing. */
async function countedBesideOthers(row: Criterion, found: AnyVerdict): Promise<AnyVerdict> {
  const earns = found.status === 'passed' || found.status === 'partial';
  if (!earns || row.beside.length === 0) return found;
  const others = row.beside.map((id) => {
    const finding = findings.get(id);
    if (!finding) throw new Error(`${row.id} is examined before ${id}, which it counts beside`);
    return { hasPassed: finding.status === 'passed', samples: samplesOf.get(id) ?? [] };
  });
  const idle = await functionWithoutWork(others, samplesOf.get(row.id) ?? []);
  return idle === undefined ? found : verdict('failed', `not counted: ${idle} ${NO_WORK}`);
}

const NO_WORK = 'returns constants or copies of its input, which satisfy this whatever is asked of it';

/** The result of a criterion for this subject, on the inputs of a domain. */
async function examineOn(
  row: Criterion,
  body: Body,
  submission: Subject,
  domain: Domain = domainOf(row.visibility),
): Promise<AnyVerdict> {
  submission.samples.take();
  try {
    const context: CriterionContext = {
      submission,
      reference: subjectOf({ of: 'reference' }, domain),
      criterion: row,
      seed: seedOf(domain, examination().seed),
    };
    return (await body(context)) ?? verdict('passed', '', [], 1);
  } catch (error) {
    return verdictOf(error);
  }
}

/** After a failure on hidden inputs, looks for one that a student may see; there may be none. */
async function publicFailureOf(
  found: AnyVerdict,
  row: Criterion,
  body: Body,
  substituted: readonly string[],
): Promise<Finding['publicFailure']> {
  const isHidden = examination().selected.has(row.id) && domainOf(row.visibility) === 'hidden';
  // Times and accuracies do not depend on the inputs, and cost seconds to be measured again.
  if (!isHidden || row.kind !== 'correctness' || found.status !== 'failed') return undefined;
  const submission = subjectOf({ of: 'submission', substituted }, 'public');
  const { status, reason, evidence } = await examineOn(row, body, submission, 'public');
  return status === 'failed' ? { reason, evidence: [...evidence] } : undefined;
}

const rowOf = (id: string): Criterion => examination().criteria.find((candidate) => candidate.id === id)!;

/**
 * The result if the reference would have to replace everything that a criterion examines. It is pending after mistakes,
 * which have been charged already. It is lost if a function does nothing: a loss must not become a pending point.
 */
async function withoutOwnParts(row: Criterion, lost: readonly Finding[]): Promise<AnyVerdict> {
  const names = lost.map(({ id }) => id).join(', ');
  if (lost.every(({ status }) => status === 'not-attempted')) return verdict('not-attempted', lost[0].reason);
  const decided = lost.filter(({ status }) => !isPending(status));
  const replaced = new Set(decided.flatMap(({ id }) => rowOf(id).examines));
  if (decided.length === 0 || (row.kind !== 'speed' && !row.examines.every((path) => replaced.has(path))))
    return verdict('blocked', `examined once these are decided: ${names}`);
  if (row.kind === 'speed') return verdict('failed', `only correct results are timed; lost: ${names}`);
  const nothing = `nothing of the submission is left to examine here; lost: ${names}`;
  return verdict((await doesNothing(decided)) ? 'failed' : 'blocked', nothing);
}

/** Whether a function that lost one of these was not written, never gives an answer, or one that is no work. */
async function doesNothing(lost: readonly Finding[]): Promise<boolean> {
  const rows = lost.map(({ id }) => rowOf(id)).filter(({ kind }) => kind === 'correctness');
  const neverAnswers = ({ examines }: Criterion) =>
    examination().criteria.every(
      (other) => other.examines.join() !== examines.join() || !samplesOf.get(other.id)?.length,
    );
  if (lost.some(({ status }) => status === 'not-attempted') || rows.some(neverAnswers)) return true;
  const compared = rows.map(({ id }) => ({ hasPassed: false, samples: samplesOf.get(id) ?? [] }));
  return (await functionWithoutWork(compared, [])) !== undefined;
}

/** A submission's fault counts against it, a failure is a failure; anything else is our own fault. */
function verdictOf(error: unknown): AnyVerdict {
  if ((error as Error | undefined)?.name === 'CriterionFailure') {
    const { message, evidence } = error as CriterionFailure;
    return verdict('failed', message, evidence);
  }
  if (!isSubmissionFault(error))
    return verdict('grader-error', error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (error.kind === 'not-implemented') return verdict('not-attempted', error.message);
  return verdict('failed', error.message, [{ type: 'misbehaviour', what: error.kind, message: error.message }]);
}

type AnyVerdict = Omit<Verdict, 'status'> & { readonly status: Finding['status'] };

const verdict = (
  status: Finding['status'],
  reason: string,
  evidence: readonly Evidence[] = [],
  credit = 0,
): AnyVerdict => ({ status, credit, reason, evidence });
