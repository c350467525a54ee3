import { fileURLToPath } from 'node:url';
import { findAssignment } from '../../assignments/findAssignments.ts';
import { type HandIn, readClass } from '../handInsOf.ts';
import { classOf, type Kind } from './classOf.ts';

const assignment = findAssignment(fileURLToPath(new URL('../../..', import.meta.url)), 'conv2d-gemm');

/** The hand-ins of a class of these entries. */
export async function readEntries(entries: Readonly<Record<string, Kind>>, name?: string) {
  return readClass(classOf(entries, name), 'class', assignment);
}

/** Each student with ids, and if late; the reason instead if there is nothing to grade. */
export async function describedHandIn({ students, isLate, list }: HandIn): Promise<string> {
  const people = students.map(({ name, ids }) =>
    [name, ...Object.entries(ids).map((pair) => pair.join(' '))].join(', '),
  );
  const problem = await list().then(
    () => '',
    (error: Error) => `: ${error.message}`,
  );
  return `${people.join(' + ')}${isLate ? ' (late)' : ''}${/archives are not read|no file was|symbolic link|several attempts/.test(problem) ? problem : ''}`;
}

/** Its students, a text for each hand-in. */
export async function peopleIn(entries: Readonly<Record<string, Kind>>, name?: string): Promise<string[]> {
  const { handIns } = await readEntries(entries, name);
  return Promise.all(handIns.map(describedHandIn));
}
