import type { Outcome, ScoreReport } from '../../model/report.ts';
import { STATUS } from '../../report/text/status.ts';
import { printable, printableLine } from '../../report/text/printable.ts';
import { points } from '../../report/text/numbers.ts';
import { type GroupScore, groupsOf, totalsLine } from '../../report/text/totals.ts';
import { isPending } from '../../model/outcome.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { fitted } from '../../report/student/fitted.ts';
import { outcomeMessage, outcomeText, shortened } from '../../report/student/outcomeText.ts';
import { studentView } from '../../report/student/studentView.ts';
import { type Xml, element, xmlDocument } from './xml.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * JUnit XML: a suite per group of the rubric, a case per criterion with its points as properties.
 *
 * There is no official specification; this is the common denominator of https://github.com/testmoapp/junitxml: always a
 * `<testsuites>` root, all counts, times in seconds, and at most one result element. A lost criterion is a `failure`; a
 * crash, a hang or a missing result is an `error`; a pending one is `skipped`. Hidden criteria show their result only.
 */
export function renderJunit(report: ScoreReport): string {
  const student = studentView(report);
  return fitted(MAX_BYTES, (maxChars) => {
    const attributes = { name: suiteName(student), timestamp: timestamp(student), ...counts(student.outcomes) };
    const properties = element('properties', {}, [
      property('score', totalsLine(student.totals)),
      property('submission', shortened(printableLine(student.submission.name), 200)),
      property('submission.digest', student.submission.digest),
    ]);
    const [first, ...others] = groupsOf(student).map((group) => suite(student, group, maxChars, properties));
    return xmlDocument(element('testsuites', attributes, [...(first ? [first] : []), ...others]));
  });
}

/** As `renderJunit`, for a submission that cannot be graded: one case with an error. */
export function renderJunitRefusal({ assignment, message }: Refusal): string {
  const attributes = { name: assignment.id, tests: 1, failures: 0, errors: 1, skipped: 0, time: 0 };
  const problem = element('error', { message: printableLine(message), type: 'ungradable' }, [printable(message)]);
  const testcase = { name: 'The submission can be graded', classname: assignment.id, time: 0 };
  return xmlDocument(
    element('testsuites', attributes, [element('testsuite', attributes, [element('testcase', testcase, [problem])])]),
  );
}

const suiteName = ({ assignment }: ScoreReport): string => printableLine(assignment.title);

/** Without a zone: the schemas that importers use allow none. */
const timestamp = ({ grading }: ScoreReport): string => grading.startedAt.slice(0, 19);

const property = (name: string, value: string | number): Xml => element('property', { name, value });

function suite(report: ScoreReport, { group, outcomes }: GroupScore, maxChars: number, properties: Xml): Xml {
  const attributes = { name: printableLine(group), timestamp: timestamp(report), ...counts(outcomes) };
  return element('testsuite', attributes, [properties, ...outcomes.map((outcome) => testcase(outcome, maxChars))]);
}

function testcase(outcome: Outcome, maxChars: number): Xml {
  const { id, title, seconds, earned, points: worth, status } = outcome;
  return element('testcase', { name: printableLine(title), classname: id, time: seconds.toFixed(3) }, [
    element('properties', {}, [
      property('points', isPending(status) ? 'pending' : points(earned)),
      property('max_points', points(worth)),
    ]),
    ...result(outcome, maxChars),
  ]);
}

function result(outcome: Outcome, maxChars: number): Xml[] {
  const kind = kindOf(outcome);
  const message = outcomeMessage(outcome, maxChars);
  if (kind === 'passed') return [];
  if (kind === 'skipped') return [element('skipped', { message: `${STATUS[outcome.status].word}: ${message}` })];
  return [element(kind, { message, type: outcome.status }, [outcomeText(outcome, maxChars)])];
}

function kindOf({ status, evidence, bonus }: Outcome): 'passed' | 'failure' | 'error' | 'skipped' {
  if (status === 'passed') return 'passed';
  if (status === 'grader-error') return 'error';
  if (isPending(status) || (bonus && status === 'not-attempted')) return 'skipped';
  return evidence.some(({ type }) => type === 'misbehaviour') ? 'error' : 'failure';
}

function counts(outcomes: readonly Outcome[]): Record<string, string | number> {
  const kinds = outcomes.map(kindOf);
  const of = (kind: string): number => kinds.filter((each) => each === kind).length;
  return {
    tests: outcomes.length,
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
    time: outcomes.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
}
