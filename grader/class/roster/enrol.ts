import { type Found, RosterIndex } from '../../gradebook/roster/RosterIndex.ts';
import type { Student } from '../../model/student.ts';
import { foldedText } from '../../common/foldedText.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { HandIn } from '../handInsOf.ts';
import { whoHandedIn, whoIs } from '../whoIs.ts';
import type { RosterEntry } from './readRoster.ts';

/** The hand-ins of a class with what a roster says about the students. */
export interface Enrolment {
  readonly handIns: readonly HandIn[];
  readonly absent: readonly Absent[];
  /** What a person should look at, a line each. */
  readonly notes: readonly string[];
}

/** Someone who is on the roster and handed in nothing. */
export interface Absent {
  readonly student: Student;
  readonly message: string;
}

/** A student of a hand-in, and who of the roster that is. */
interface Claim extends Found<RosterEntry> {
  readonly handIn: HandIn;
  readonly student: Student;
}

/**
 * Finds the students of a class on its roster: names, ids and addresses are then the roster's. Nobody is guessed: who
 * may be two people, or is one of two who may be the same, stays as the download has them, and is named.
 *
 * @param isWhole - false if others may be in the course as well: who is not on the roster is not named then
 */
export function enrol(handIns: readonly HandIn[], roster: readonly RosterEntry[], isWhole = true): Enrolment {
  const index = new RosterIndex(roster);
  const teams = groupBy(roster.filter(({ team }) => team !== undefined).toSorted(byPerson), ({ team }) =>
    foldedTeam(team!),
  );
  const claims = handIns.flatMap((handIn) => claimsOf(handIn, index, teams));
  const { entries, notes } = settle(claims);
  const claimed = new Set(entries.values());
  const doubtful = claims.filter((claim) => !entries.has(claim) && claim.candidates.length > 0);
  const unknown = claims.filter(({ candidates }) => candidates.length === 0);
  const byHandIn = groupBy(claims, ({ handIn }) => handIn);
  const { members, differing } = withTeams(handIns, byHandIn, entries, teams, claimed);
  return {
    handIns: handIns.map((handIn) => ({
      ...enrolled(handIn, members.get(handIn) ?? [], byHandIn.get(handIn) ?? []),
      doubtful: doubtful.filter((claim) => claim.handIn === handIn).map(({ student }) => student.name),
    })),
    absent: roster
      .filter((entry) => !claimed.has(entry))
      .map((entry) => ({ student: studentOf(entry), message: whyAbsent(entry, doubtful) })),
    notes: [...notes, ...differing, ...(isWhole ? notEnrolledNotes(unknown, roster) : [])],
  };
}

/** However a roster is sorted, a team has one name. */
const byPerson = (a: Student, b: Student): number => (foldedText(whoIs(a)) < foldedText(whoIs(b)) ? -1 : 1);

const foldedTeam = (team: string): string =>
  team
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Each student of a hand-in; all members if the hand-in is named by their team. */
function claimsOf(
  handIn: HandIn,
  index: RosterIndex<RosterEntry>,
  teams: ReadonlyMap<string, readonly RosterEntry[]>,
): Claim[] {
  const found = handIn.students.map((student) => ({ ...index.find(student), handIn, student }));
  const team = teams.get(foldedTeam(handIn.name));
  if (!team || found.some(({ candidates }) => candidates.length > 0)) return found;
  return team.map((entry) => ({ candidates: [entry], isByName: false, handIn, student: entry }));
}

/** Who is who, without doubt; and a line for each doubt. */
function settle(claims: readonly Claim[]): { entries: Map<Claim, RosterEntry>; notes: string[] } {
  const entries = new Map<Claim, RosterEntry>();
  const notes: string[] = [];
  for (const { handIn, candidates } of claims)
    if (candidates.length > 1)
      notes.push(
        `${whoHandedIn(handIn)} may be ${candidates.map(whoIs).join(' or ')} of the roster; name the submission by an id or an address`,
      );
  const sure = claims.filter(({ candidates }) => candidates.length === 1);
  for (const [entry, group] of groupBy(sure, ({ candidates }) => candidates[0])) {
    const byId = group.filter(({ isByName }) => !isByName);
    const those = byId.length > 0 ? byId : group;
    const sources = those.map(({ handIn }) => whoHandedIn(handIn));
    if (byId.length === 0 && group.length > 1) {
      notes.push(
        `${sources.join(' and ')} may both be ${whoIs(entry)} of the roster; name the submissions by an id or an address`,
      );
      continue;
    }
    if (those.length > 1)
      notes.push(`${whoIs(entry)} handed in more than once: ${sources.join(' and ')}; remove what does not count`);
    for (const claim of those) entries.set(claim, entry);
    for (const { handIn } of group.filter((claim) => !those.includes(claim)))
      notes.push(`${whoHandedIn(handIn)} has the name of ${whoIs(entry)}, who handed in ${sources.join(' and ')}`);
  }
  return { entries, notes };
}

/**
 * The students of each hand-in; members of a team who handed in nothing of their own are in their team's. If a download
 * says who handed in together and the roster has them in different teams, the download counts.
 */
function withTeams(
  handIns: readonly HandIn[],
  byHandIn: ReadonlyMap<HandIn, readonly Claim[]>,
  entries: ReadonlyMap<Claim, RosterEntry>,
  teams: ReadonlyMap<string, readonly RosterEntry[]>,
  claimed: Set<RosterEntry>,
): { members: Map<HandIn, Student[]>; differing: string[] } {
  const members = new Map<HandIn, Student[]>();
  const differing: string[] = [];
  for (const handIn of handIns) {
    const own = byHandIn.get(handIn) ?? [];
    const students = own.map((claim) => merged(claim.student, entries.get(claim)));
    members.set(handIn, students);
    const [team, ...others] = new Set(own.map((claim) => foldedTeam(entries.get(claim)?.team ?? '')));
    if (others.length > 0) differing.push(differingNote(handIn, own, entries));
    for (const entry of others.length > 0 ? [] : (teams.get(team ?? '') ?? [])) {
      if (claimed.has(entry)) continue;
      claimed.add(entry);
      students.push(studentOf(entry));
    }
  }
  return { members, differing };
}

function differingNote(handIn: HandIn, claims: readonly Claim[], entries: ReadonlyMap<Claim, RosterEntry>): string {
  const teams = claims.map((claim) => `${claim.student.name} in ${entries.get(claim)?.team ?? 'none'}`);
  return `${whoHandedIn(handIn)} handed in together, but are in different teams of the roster (${teams.join(', ')}); the download counts`;
}

const studentOf = ({ name, email, ids }: RosterEntry): Student => ({
  name,
  ...(email === undefined ? {} : { email }),
  ids,
});

function merged(student: Student, entry: RosterEntry | undefined): Student {
  if (!entry) return student;
  const email = entry.email ?? student.email;
  return { name: entry.name, ...(email === undefined ? {} : { email }), ids: { ...student.ids, ...entry.ids } };
}

function enrolled(handIn: HandIn, students: readonly Student[], claims: readonly Claim[]): HandIn {
  const isSame = students.every((student, at) => student === handIn.students[at]);
  if (isSame && students.length === handIn.students.length) return handIn;
  const ids = students.map(({ ids, name }) => ids.sid ?? ids.login ?? Object.values(ids)[0] ?? name);
  const emails = students.flatMap(({ email }) => email ?? []);
  return {
    ...handIn,
    id: handIn.id === handIn.name ? ids.join('+') : handIn.id,
    name: students.map(({ name }) => name).join(', '),
    email: emails.length > 0 ? emails.join(', ') : handIn.email,
    students,
    called: claims.map(({ student }) => nameAlone(student)),
  };
}

const nameAlone = ({ name, ids, email }: Student): string | undefined =>
  Object.keys(ids).length === 0 && email === undefined ? name : undefined;

function whyAbsent(entry: RosterEntry, doubtful: readonly Claim[]): string {
  const theirs = doubtful.filter(({ candidates }) => candidates.includes(entry)).map(({ handIn }) => handIn.source);
  return theirs.length === 0 ? 'handed in nothing' : `handed in nothing, unless ${theirs.join(' or ')} is theirs`;
}

const MOST_NAMED = 10;

/** A line for each, but not for a whole class that the roster is not of. */
function notEnrolledNotes(unknown: readonly Claim[], roster: readonly RosterEntry[]): string[] {
  const lines = unknown.slice(0, MOST_NAMED).map(({ handIn, student }) => notEnrolled(handIn, student, roster));
  const more = unknown.length - lines.length;
  return more === 0 ? lines : [...lines, `${more} more are not on the roster; is it of this course?`];
}

/** Names those who only share the name, so that a wrong id can be corrected. */
function notEnrolled(handIn: HandIn, student: Student, roster: readonly RosterEntry[]): string {
  const namesakes = roster.filter((entry) => foldedTeam(entry.name) === foldedTeam(student.name));
  const others =
    namesakes.length === 0 ? '' : `; ${namesakes.map(whoIs).join(' and ')} on it has another id or address`;
  return `${whoHandedIn({ ...handIn, name: student.name })} is not on the roster${others}`;
}
