import { join, relative, resolve } from 'node:path';
import { type Attempt, attemptsOf, recordSeen } from '../gradebook/store/attempts.ts';
import { countingAttempt } from '../gradebook/store/countingAttempt.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import { recordAttempt, type Recorded } from '../gradebook/store/recordAttempt.ts';
import { type CourseGradebook, keyOf, now } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, type Entry, givenTo, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { shownPerson } from '../gradebook/store/attemptCalled.ts';
import type { Ambiguity } from '../gradebook/store/teamOf.ts';
import type { Person } from '../gradebook/store/people.ts';
import { studentFolder } from '../gradebook/classFolder.ts';
import { readManual } from '../gradebook/manualFile.ts';
import { readJson } from '../report/json/readJson.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Deadlines } from '../model/deadlines.ts';
import type { Submission } from '../model/submission.ts';
import { shownDue, termsText } from '../gradebook/store/attemptTimes.ts';
import { foldedText } from '../common/foldedText.ts';
import { groupBy } from '../common/groupBy.ts';
import { settleTeam } from '../course/settleTeam.ts';
import { hasOwnDue, someOf, timesOf } from './deadlines.ts';
import { earlierAttempts, type HandIn, isOlderThan, isTimed } from './handInsOf.ts';
import { sharedNamesIn } from './knownHandIns.ts';

interface RecorderOptions {
  readonly assignment: Assignment;
  readonly book: CourseGradebook;
  readonly handIns: readonly HandIn[];
  readonly deadlines: Deadlines;
  /** Which attempt of a student counts. */
  readonly counts: Counts;
  /** Folder for the reports. */
  readonly out: string;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
}

/** Records the hand-ins of a class in the gradebook, each once in a run. */
export class ClassRecorder {
  readonly #options: RecorderOptions;
  readonly #sharedNames: ReadonlySet<string>;
  readonly #sources: ReadonlySet<string>;
  /** By folder. */
  readonly #known = new Map<string, Attempt>();
  readonly #byTeam = new Map<string, HandIn>();
  readonly #markedLate: string[] = [];
  readonly #timeless: string[] = [];
  /** Those of whom a person gave one time, and the download has several attempts. */
  readonly #oneTime = new Set<string>();
  readonly #began = now();

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { handIns } = options;
    this.#sharedNames = sharedNamesIn(handIns);
    this.#sources = new Set(handIns.flatMap(({ source, earlier }) => [source, ...earlier.map((each) => each.source)]));
    sameNameNotes(options.handIns).forEach(options.note);
  }

  /** Makes the last attempt of a download the last that was seen: it may be work that was known before the others. */
  async putLast(handIn: HandIn): Promise<void> {
    const last = this.#known.get(handIn.folder);
    const earlier = earlierAttempts(handIn).flatMap(({ folder }) => this.#known.get(folder) ?? []);
    if (!last || earlier.every(({ seen }) => seen < last.seen)) return;
    await recordSeen(this.#options.book, last.id, this.#began);
    this.#known.set(handIn.folder, { ...last, seen: this.#began });
  }

  /**
   * The attempt of a hand-in that counts, or would if there were none in other downloads.
   *
   * @returns `isElsewhere`: whether one that is not in this download counts
   */
  async counting(handIn: HandIn): Promise<{ handIn: HandIn; isElsewhere: boolean }> {
    const { assignment, book, counts } = this.#options;
    const own = [handIn, ...earlierAttempts(handIn)].flatMap((each) => {
      const attempt = this.#known.get(each.folder);
      return attempt ? [{ id: attempt.id, handIn: each }] : [];
    });
    const team = this.#known.get(handIn.folder)?.team;
    // The gradebook or the machine failed: nothing is known to count in its place.
    if (team === undefined) return { handIn, isElsewhere: false };
    const attempts = await book.read((db) => attemptsOf(db, [team], assignment.id));
    const here = attempts.filter(({ id }) => own.some((each) => each.id === id));
    const [first, best] = [countingAttempt(attempts, counts), countingAttempt(here, counts)];
    const found = own.find(({ id }) => id === best?.id);
    return { handIn: found?.handIn ?? handIn, isElsewhere: first?.id !== best?.id };
  }

  /** The attempt that a hand-in is; `submission` is undefined if it cannot be read. */
  async attempt(handIn: HandIn, submission: Submission | undefined): Promise<Attempt> {
    const known = this.#known.get(handIn.folder);
    if (known) return known;
    const { assignment, book, out, deadlines } = this.#options;
    if (submission) await book.submissions.writeAs(submission.digest, JSON.stringify([...submission.files]));
    const times = timesIn(deadlines, handIn);
    const folder = relative(book.folder, resolve(out, handIn.folder));
    const recorded = await recordAttempt(
      book,
      assignment.id,
      {
        ...{ students: handIn.students, called: handIn.called, source: handIn.source, sources: this.#sources },
        ...{ folder, at: before(this.#began, handIn.age) },
        isOlderThan: (source) => isOlderThan(handIn, source),
        digest: submission?.digest ?? unreadableDigest(handIn, times.received, folder),
        ...times,
      },
      this.#sharedNames,
    );
    const { attempt } = recorded;
    this.#known.set(handIn.folder, attempt);
    if (handIn.age > 0 && !isTimed(handIn) && times.received !== undefined) this.#oneTime.add(handIn.name);
    if (attempt.received === '' && handIn.isLate) this.#markedLate.push(handIn.name);
    else if (attempt.received === '' && attempt.due !== '') this.#timeless.push(handIn.name);
    notesOn(recorded, handIn).forEach(this.#options.note);
    // The team's earlier attempts were due at another time as well.
    if (recorded.newDue) await settleTeam(book, assignment, attempt.team);
    this.#noteDouble(attempt, handIn);
    if (submission) await this.#adoptManual(attempt, handIn, submission);
    return attempt;
  }

  /** Lines about work whose time nobody knows, neither this run nor an earlier one. */
  timeNotes(): string[] {
    const [late, timeless] = [this.#markedLate, this.#timeless].map((names) => names.toSorted());
    return [
      ...(late.length === 0
        ? []
        : [
            `marked late by the download, which does not say when, and treated as in time: ${someOf(late)}; write when in handedIn of --deadlines, or in --handed-in`,
          ]),
      ...(timeless.length === 0
        ? []
        : [`treated as in time, because the hand-in time is unknown: ${someOf(timeless)}`]),
      ...(this.#oneTime.size === 0
        ? []
        : [`the hand-in time that was given is taken for all attempts of ${someOf([...this.#oneTime].sort())}`]),
    ];
  }

  /** What people gave the team of an attempt. */
  entries({ team }: Attempt): Promise<Entry[]> {
    return givenTo(this.#options.book, this.#options.assignment.id, team);
  }

  #noteDouble({ team }: Attempt, handIn: HandIn): void {
    if (handIn.age > 0) return;
    const other = this.#byTeam.get(team);
    this.#byTeam.set(team, handIn);
    if (other)
      this.#options.note(
        `${other.source} and ${handIn.source} belong to one student; the gradebook keeps both, and counts ${COUNTED[this.#options.counts]}`,
      );
  }

  /**
   * Takes over points that an older version kept next to the report, if they were given for this very work: the folder's
   * name alone says nothing.
   */
  async #adoptManual({ id, team }: Attempt, handIn: HandIn, { digest }: Submission): Promise<void> {
    const { assignment, book, out, note } = this.#options;
    const folder = join(out, handIn.folder);
    const entries = await readManual(folder, assignment.id);
    if (entries.length === 0) return;
    const named = await readJson(join(folder, 'report.json')).catch(() => undefined);
    const isTheirs = named?.submission.name === handIn.name;
    const theirs = entries.filter((entry) => entry.digest === digest || isTheirs);
    await book.write(async (db) => {
      for (const { criterion, points, note, by, at, digest } of theirs)
        await addEntry(db, assignment.id, team, {
          ...{ ...NOTHING_GIVEN, id: keyOf(id, criterion, at, String(points)), kind: 'points', criterion },
          ...{ points, note, by, at, digest },
        });
    });
    if (theirs.length < entries.length)
      note(`${join(folder, 'manual.json')} has points for other work; give them again with grade manual`);
  }
}

/** Which of several attempts counts. */
const COUNTED: Readonly<Record<Counts, string>> = {
  latest: 'the one that was handed in last or, if no times are known, the last by name',
  best: 'the one with the best score',
  'latest-in-time': 'the one in time that was handed in last or, if no times are known, the last by name',
};

const LONG_AGO = new Date(0).toISOString();
const DUE_LONG_AGO = { at: LONG_AGO, zone: 'UTC' };

/**
 * What cannot be read at another place, or was handed in at another time, is not known to be the same work. A platform's
 * number stays when later attempts come, and a time without a zone when the due date is given.
 */
function unreadableDigest(
  { handedInAt, handedInLocal, attempt }: HandIn,
  received: string | undefined,
  folder: string,
): string {
  const place = attempt === undefined ? undefined : `${studentFolder(folder)} ${attempt}`;
  return keyOf('unreadable', handedInAt ?? handedInLocal ?? place ?? received ?? folder);
}

/** Of attempts without times the one that was seen last counts: an attempt is seen before those that came after it. */
const before = (at: string, age: number): string => new Date(Date.parse(at) - age).toISOString();

/** When something was handed in and when it was due, as far as this run knows either. */
function timesIn(given: Deadlines, handIn: HandIn) {
  // A time that a person gives is that of the last attempt; of an earlier one it is the latest possible.
  const isOwn = handIn.age > 0 && isTimed(handIn);
  const deadlines = isOwn ? { ...given, handedIn: {} } : given;
  // Without a due date nobody knows in which zone a time without one is.
  const dated = deadlines.due ? handIn : { ...handIn, handedInLocal: undefined };
  const received = timesOf({ ...deadlines, due: deadlines.due ?? DUE_LONG_AGO }, dated)?.handedInAt;
  const timesWith = (slipDaysElsewhere: number) =>
    timesOf(deadlines, { ...handIn, handedInAt: handIn.handedInAt ?? LONG_AGO }, slipDaysElsewhere);
  const at = timesWith(0)?.dueAt;
  const isExtended = hasOwnDue(deadlines, handIn);
  const isKept = deadlines.isKept === true;
  const isOfAll = deadlines.isOfAll === true && !isKept;
  const terms = (slipDaysElsewhere: number) => termsText(timesWith(slipDaysElsewhere)!);
  return { received, due: at === undefined ? undefined : { at, isExtended, isOfAll, isKept, terms } };
}

/** Names hand-ins that may be of one person or of several, and the remedies. */
function sameNameNotes(handIns: readonly HandIn[]): string[] {
  const isNameAlone = ({ students: [{ ids, email }, ...others] }: HandIn) =>
    others.length === 0 && email === undefined && Object.keys(ids).length === 0;
  const groups = groupBy(handIns.filter(isNameAlone), ({ students }) => foldedText(students[0].name));
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map(
      (group) =>
        `${group.map(({ source }) => source).join(' and ')} have the same name, and are kept apart as several students; if they are one student’s, leave only the last there, or else name them by ids or addresses`,
    );
}

/** What a person should know about how a hand-in was recorded. */
function notesOn(recorded: Recorded, { source }: HandIn): string[] {
  const { attempt, ambiguities, newDue, students } = recorded;
  const notes = ambiguities.map(ambiguityNote);
  if (newDue === 'extension ended')
    notes.push(`${names(students)}: the deadlines have no extension for them any more; due ${shownDue(attempt)} again`);
  const whose = whoseNote(recorded, source);
  return whose === undefined ? notes : [...notes, whose];
}

const names = (persons: readonly Person[]) => persons.map(({ name }) => name).join(' and ');

/** Whose the work was, and whether what people gave applies to it; undefined if nothing of this has changed. */
function whoseNote({ formerTeam, leftBehind, students }: Recorded, source: string): string | undefined {
  const hasChanged = formerTeam.length > 0;
  if (!hasChanged && leftBehind.length === 0) return undefined;
  const isPart = students.every(({ id }) => formerTeam.some((former) => former.id === id));
  const given = leftBehind.map(names).join(', and what they gave ');
  return [
    `${source} is the work of ${names(students)}${hasChanged ? ` now, and was that of ${names(formerTeam)}` : ''}`,
    ...(isPart ? [`what people gave ${names(students)} still applies`] : []),
    ...(given === ''
      ? []
      : [`what people gave ${given} does not apply to it${hasChanged ? ' any more' : ''}; give it again`]),
  ].join('; ');
}

/** Names a student who could be several people, and the remedy. */
export function ambiguityNote({ student, candidates }: Ambiguity): string {
  const named = candidates.map(shownPerson).sort().join(' or ');
  return `${student.name} could be ${named}: kept apart; an id or an address in the download or the roster decides it`;
}
