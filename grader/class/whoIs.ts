import type { Student } from '../model/student.ts';
import type { HandIn } from './handInsOf.ts';

/** A hand-in as a message distinguishes it from another of the same name. */
export const whoHandedIn = ({ name, id, email, source }: HandIn): string =>
  withDetails(name, [...(id === name ? [] : [id]), ...(email === undefined ? [] : [email]), source]);

/** A student as a message distinguishes them from another of the same name. */
export const whoIs = ({ name, email, ids }: Student): string =>
  withDetails(name, [...Object.values(ids), ...(email === undefined ? [] : [email])]);

function withDetails(name: string, details: readonly string[]): string {
  const others = [...new Set(details)].filter((detail) => detail !== name);
  return others.length === 0 ? name : `${name} (${others.join(', ')})`;
}
