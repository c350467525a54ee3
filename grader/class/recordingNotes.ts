import { foldedText } from '../common/foldedText.ts';
import { groupBy } from '../common/groupBy.ts';
import { shownPerson } from '../gradebook/store/attemptCalled.ts';
import { shownDue } from '../gradebook/store/attemptTimes.ts';
import type { Person } from '../gradebook/store/people.ts';
import type { Recorded } from '../gradebook/store/recordAttempt.ts';
import type { Ambiguity } from '../gradebook/store/teamOf.ts';
import type { HandIn } from './handInsOf.ts';

/** Names hand-ins that may be of one person or of several, and the remedies. */
export function sameNameNotes(handIns: readonly HandIn[]): string[] {
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
export function notesOn(recorded: Recorded, { source }: HandIn): string[] {
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
