import { groupBy } from '../../common/groupBy.ts';
import type { DownloadItem, Owner, OwnerOf } from '../Download.ts';

/** Whose a file is: PrairieLearn's `uid`, which is an address, or the name of a group. */
const UID = String.raw`(?<who>[^\s@/]+@[^\s@/_]+)`;
const GROUP = String.raw`(?<who>[^\W_]{1,30})`;
const NUMBER = String.raw`[1-9]\d*`;
/** Of submissions: instance, question, variant, number, and the submission's own id. */
const SUBMISSION = String.raw`(?<instance>${NUMBER})_(?<question>.+?)_(?<variant>${NUMBER})_(?<number>${NUMBER})_(?<id>${NUMBER})_(?<file>.+)`;
/** Of files for manual grading: only the last submission, and perhaps the university's number. */
const OF_PERSON = String.raw`(?<uin>[^_/]*)_(?<question>.+?)_(?<id>${NUMBER})_(?<file>.+)`;
const OF_GROUP = String.raw`(?<question>.+?)_(?<id>${NUMBER})_(?<file>.+)`;

const named = (who: string, rest: string): RegExp => new RegExp(`^${who}_${rest}$`, 'u');

interface Form {
  readonly pattern: RegExp;
  /** True if names of another origin may look the same. */
  readonly isVague: boolean;
  /** True if they often do: several files of one submission must show what it is. */
  readonly needsFiles: boolean;
}

const FORMS: readonly Form[] = [
  { pattern: named(UID, SUBMISSION), isVague: false, needsFiles: false },
  { pattern: named(GROUP, SUBMISSION), isVague: true, needsFiles: false },
  { pattern: named(UID, OF_PERSON), isVague: false, needsFiles: false },
  { pattern: named(GROUP, OF_GROUP), isVague: true, needsFiles: true },
];

interface Part {
  readonly who: string;
  readonly uin: string;
  readonly instance: string;
  readonly question: string;
  readonly variant: string;
  readonly number: string;
  readonly id: string;
  readonly file: string;
}

/**
 * PrairieLearn: files `<uid>_<instance>_<question>_<variant>_<number>_<submission>_<file>`, or for manual grading
 * `<uid>_<uin>_<question>_<submission>_<file>`; in group work the group's name is in place of what identifies a student
 * (https://github.com/PrairieLearn/PrairieLearn/blob/master/apps/prairielearn/src/pages/instructorAssessmentDownloads/instructorAssessmentDownloads.tsx).
 * Questions and files have digits and underscores in their names, too, so all names together decide what is what. Of
 * a student with one question every submission is an attempt; of several questions the last submission of each is taken.
 */
export function prairieLearnOwner(items: readonly DownloadItem[]): OwnerOf | undefined {
  const names = items.filter(({ kind }) => kind !== 'folder').map(({ name }) => name);
  for (const form of FORMS) {
    const parts = partsOf(names, form.pattern);
    if (parts.size === 0 || parts.size < (form.isVague ? names.length : names.length / 2)) continue;
    if (!isConsistent([...parts.values()], form)) continue;
    const [last, oneQuestion] = [lastSubmissions([...parts.values()]), withOneQuestion([...parts.values()])];
    return ({ name }) => {
      const part = parts.get(name);
      if (!part) return undefined;
      if (oneQuestion.has(part.who)) return { ...ownerOf(part), attempt: Number(part.id) };
      return {
        ...ownerOf(part),
        problem: last.has(part.id) ? undefined : 'a later submission to this question is there',
      };
    };
  }
  return undefined;
}

/**
 * The parts of each name. Of several ways to read it, that one is right whose question most students have and whose ids
 * belong to one submission each.
 */
function partsOf(names: readonly string[], pattern: RegExp): Map<string, Part> {
  const readings = new Map(names.map((name) => [name, readingsOf(name, pattern)]));
  const byQuestion = groupBy([...readings.values()].flat(), ({ question }) => question);
  const worth = new Map(
    [...byQuestion].map(([question, all]) => [
      question,
      areSubmissions(all) ? new Set(all.map(({ who }) => who)).size : 0,
    ]),
  );
  const parts = new Map<string, Part>();
  for (const [name, all] of readings) {
    const [best] = all.toSorted(
      (a, b) => worth.get(b.question)! - worth.get(a.question)! || b.question.length - a.question.length,
    );
    if (best) parts.set(name, best);
  }
  return parts;
}

/** A name has few underscores, so that there are few ways to read it. */
const MOST_READINGS = 20;

function readingsOf(name: string, pattern: RegExp): Part[] {
  const found: Part[] = [];
  // Each reading has a longer question than the one before.
  for (let question = 0; found.length < MOST_READINGS;) {
    const longer = new RegExp(pattern.source.replace('(?<question>.+?)', `(?<question>.{${question + 1},}?)`), 'u');
    const groups = longer.exec(name)?.groups;
    if (!groups) break;
    const { who, uin = '', instance = '1', variant = '1', number = '1', id, file } = groups as Record<string, string>;
    found.push({ who, uin, instance, question: groups['question'], variant, number, id, file });
    question = groups['question'].length;
  }
  return found;
}

/** True if each id is of one submission, and each submission has one id. */
function areSubmissions(parts: readonly Part[]): boolean {
  const submission = ({ who, instance, question, variant, number }: Part) =>
    JSON.stringify([who, instance, question, variant, number]);
  const pairs = new Set(parts.map((part) => `${submission(part)} ${part.id}`));
  return pairs.size === new Set(parts.map(submission)).size && pairs.size === new Set(parts.map(({ id }) => id)).size;
}

/** Counters and days are smaller. */
const LEAST_ID = 100;
const isYear = (number: number): boolean => number >= 1900 && number < 2100;

/** True if these can be the files of one download. */
function isConsistent(parts: readonly Part[], { isVague, needsFiles }: Form): boolean {
  const people = new Set(parts.map(({ who }) => who)).size;
  const looksLikeIds = parts.every(({ id }) => Number(id) >= LEAST_ID && !(isVague && isYear(Number(id))));
  const isSeveral = [...groupBy(parts, ({ id }) => id).values()].some(({ length }) => length > 1);
  return (
    areSubmissions(parts) &&
    haveOwnNumbers(parts) &&
    (looksLikeIds || (!isVague && people > 1)) &&
    (!isVague || people > 1 || isSeveral) &&
    (!needsFiles || isSeveral)
  );
}

/** True if each of the university's numbers is of one student, and the other way round. */
function haveOwnNumbers(parts: readonly Part[]): boolean {
  const numbered = parts.filter(({ uin }) => uin !== '');
  const distinct = (of: (part: Part) => string): number => new Set(numbered.map(of)).size;
  const pairs = distinct(({ who, uin }) => `${who} ${uin}`);
  return pairs === distinct(({ who }) => who) && pairs === distinct(({ uin }) => uin);
}

/** The ids of the last submission of each student to each question. */
function lastSubmissions(parts: readonly Part[]): Set<string> {
  const last = (group: readonly Part[]) => group.reduce((a, b) => (Number(b.id) > Number(a.id) ? b : a)).id;
  return new Set([...groupBy(parts, ({ who, question }) => JSON.stringify([who, question])).values()].map(last));
}

/** Those who answered one question. */
const withOneQuestion = (parts: readonly Part[]): Set<string> =>
  new Set(
    [...groupBy(parts, ({ who }) => who)]
      .filter(([, theirs]) => new Set(theirs.map(({ question }) => question)).size === 1)
      .map(([who]) => who),
  );

function ownerOf({ who, uin, id, file }: Part): Owner {
  const email = who.includes('@') ? { email: who } : {};
  return {
    ...{
      id: uin || who,
      name: who,
      ...email,
      students: [{ name: who, ...email, ids: uin === '' ? {} : { sid: uin } }],
    },
    ...{ isLate: false, order: Number(id), key: who, file },
  };
}

const FOLDER = /^(?:[^\s@/]+@[^\s@/_]+|[^\W_]{1,30}_[1-9]\d*)_./u;

/** True for a name that a folder has if a question's or a file's name has a slash, which makes folders of one student's files. */
export const mayBePrairieLearnFolder = (name: string): boolean => FOLDER.test(name);
