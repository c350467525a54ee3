import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { chooseAssignment } from '../assignments/chooseAssignment.ts';
import { ambiguityNote } from '../class/recordingNotes.ts';
import { readKnownMistakes } from '../class/commonMistakes.ts';
import { deadlinesFor, nameSomebody } from '../class/deadlines.ts';
import { type ClassContents, readClass } from '../class/handInsOf.ts';
import { knownHandIns } from '../class/knownHandIns.ts';
import { largeTeams } from '../class/largeTeams.ts';
import { namesInClass } from '../class/namesInClass.ts';
import { openClass } from '../class/openClass.ts';
import { absentAsBefore } from '../class/roster/absentAsBefore.ts';
import { enrol, type Enrolment } from '../class/roster/enrol.ts';
import { readRoster, type RosterEntry } from '../class/roster/readRoster.ts';
import { absentRow } from '../class/rows.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { courseAssignment, setPolicy } from '../gradebook/store/assignments.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { keepDeadline, keptDeadline } from '../gradebook/store/courseDeadline.ts';
import { keptRoster, recordRoster } from '../gradebook/store/enrolments.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { withoutArchiveSuffix } from '../intake/listArchives.ts';
import { wantedBy } from '../intake/readSubmission.ts';
import { UsageError } from '../model/errors.ts';
import { parseWanted, type WantedFormat } from '../platforms/formats.ts';
import type { ClassArguments } from './ClassArguments.ts';
import { classDeadlinesOf } from './classDeadlinesOf.ts';
import type { EngineFor } from './EngineFor.ts';
import { gradebookBeside, withGradebook } from './gradebookOption.ts';
import { inWorkFolder } from './inWorkFolder.ts';
import { note } from './note.ts';
import { chosenCount, chosenCriteria, chosenGemm, chosenSeed, interruption } from './options.ts';

/** Grades a class, or has it graded, as the command was given. */
export async function runClass(given: ClassArguments, engineFor: EngineFor, root: string): Promise<void> {
  const [chosen, only] = [chosenSeed(given.seed), chosenCriteria(given.only)];
  const jobs = chosenCount('jobs', given.jobs) ?? availableParallelism();
  const wanted = given.report.map(wantedOfEach);
  const gemm = chosenGemm();
  const assignment = await chooseAssignment(root, given.assignment, given.submissions, (one) =>
    namesInClass(given.submissions, one),
  );
  selectCriteria(assignment, only);
  const { due, ...allowed } = classDeadlinesOf(given);
  const roster = given.roster === undefined ? undefined : readRoster(given.roster);
  const mistakes = readKnownMistakes(assignment.folders.tests);
  const source = await openClass(given.submissions, wantedBy(assignment));
  try {
    const contents = await readClass(source, given.submissions, assignment);
    const out = given.out ?? join('reports', withoutArchiveSuffix(basename(resolve(given.submissions))));
    await requireWritable([join(out, 'class.json')]);
    await inWorkFolder(out, async () => {
      const signal = interruption();
      const engine = await engineFor({ assignment, jobs, signal, note, out });
      const gradeInto = async (book: CourseGradebook) => {
        const stored = await courseAssignment(book, assignment);
        if (given.counts) await setPolicy(book, assignment.id, { counts: given.counts });
        const { handIns, absent, notes } = await enrolment(book, contents, roster, { out, assignment: assignment.id });
        if (due) await keepDeadline(book, assignment.id, { due, ...allowed });
        const course = classDeadlinesOf(given, await keptDeadline(book, assignment.id));
        const known = nameSomebody(course) ? await knownHandIns(book, handIns, assignment.id) : undefined;
        const fitted = deadlinesFor(course, handIns, known);
        const [seed, path] = [chosen ?? stored.seed, given.submissions];
        const counts = given.counts ?? stored.counts;
        const { isolation } = engine;
        const options = {
          ...{ root, assignment, handIns, path, out, book, seed, counts, only, gemm, isolation, wanted, signal, note },
          deadlines: fitted.deadlines,
        };
        const tooLarge = largeTeams(handIns, assignment.teams);
        [...contents.notes, ...notes, ...fitted.notes, ...tooLarge].forEach(note);
        const shown = { absent: absent.map(absentRow), name: source.name, known: mistakes, json: given.json };
        await engine.run(options, shown);
      };
      try {
        await withGradebook(given.gradebook ?? gradebookBeside(out), dirname(resolve(out)), gradeInto);
      } finally {
        engine.close?.();
      }
    });
  } finally {
    source.close();
  }
}

/**
 * A roster is kept in the gradebook. A class without one is matched with what is kept, but may be of some of these only:
 * of those who were in it before, and of those who handed in.
 */
async function enrolment(
  book: CourseGradebook,
  { handIns }: ClassContents,
  roster: readonly RosterEntry[] | undefined,
  { out, assignment }: { readonly out: string; readonly assignment: string },
): Promise<Enrolment> {
  if (!roster) {
    const kept = enrol(handIns, await book.read(keptRoster), false);
    return { ...kept, absent: await absentAsBefore(out, assignment, kept.absent) };
  }
  const ambiguities = await recordRoster(book, roster);
  const { notes, ...enrolled } = enrol(handIns, roster);
  return { ...enrolled, notes: [...ambiguities.map(ambiguityNote), ...notes] };
}

/** @throws UsageError if one file is named for all */
function wantedOfEach(text: string): WantedFormat {
  const wanted = parseWanted(text);
  if (wanted.path === undefined) return wanted;
  throw new UsageError(
    `--report ${text}: each submission gets its own file, next to its report; leave out the file name`,
  );
}
