import { join, relative, resolve } from 'node:path';
import { type Attempt, attemptsOf, recordSeen } from '../gradebook/store/attempts.ts';
import { countingAttempt } from '../gradebook/store/countingAttempt.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import { recordAttempt } from '../gradebook/store/recordAttempt.ts';
import { type CourseGradebook, keyOf, now } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, type Entry, givenTo, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { studentFolder } from '../gradebook/classFolder.ts';
import { readManual } from '../gradebook/manualFile.ts';
import { readJson } from '../report/json/readJson.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Deadlines } from '../model/deadlines.ts';
import type { Submission } from '../model/submission.ts';
import { settleTeam } from '../course/settleTeam.ts';
import type { ClassNotes } from './ClassNotes.ts';
import { earlierAttempts, type HandIn, isOlderThan, isTimed } from './handInsOf.ts';
import { sharedNamesIn } from './knownHandIns.ts';
import { recordedTimes } from './recordedTimes.ts';
import { notesOn, sameNameNotes } from './recordingNotes.ts';

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
  readonly #notes: ClassNotes;
  readonly #began = now();

  /** @param notes - gets what a person should know once the class has been graded */
  constructor(options: RecorderOptions, notes: ClassNotes) {
    this.#options = options;
    this.#notes = notes;
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
    const times = recordedTimes(deadlines, handIn);
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
    if (handIn.age > 0 && !isTimed(handIn) && times.received !== undefined) this.#notes.add('oneTime', handIn.name);
    if (attempt.received === '' && handIn.isLate) this.#notes.add('markedLate', handIn.name);
    else if (attempt.received === '' && attempt.due !== '') this.#notes.add('timeless', handIn.name);
    notesOn(recorded, handIn).forEach(this.#options.note);
    // The team's earlier attempts were due at another time as well.
    if (recorded.newDue) await settleTeam(book, assignment, attempt.team);
    this.#noteDouble(attempt, handIn);
    if (submission) await this.#adoptManual(attempt, handIn, submission);
    return attempt;
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
