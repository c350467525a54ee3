import type { Student } from '../../model/student.ts';
import type { DownloadItem, Owner, OwnerOf } from '../Download.ts';

type Folder = DownloadItem & { kind: 'folder' };

const STUDENT = /^(?<last>\p{L}[^_\d]*)_(?<first>\p{L}[^_\d]*)_(?<login>.+)_(?<id>[1-9]\d*)$/u;
/** ILIAS writes an underscore for each byte of a letter that ASCII has nothing like. */
const MANGLED = /^(?=.*(?:^_|__)).*_(?<login>[^_\s]+)_(?<id>[1-9]\d*)$/u;
/** The word is in the language of the person who downloads. */
const TEAM = /^(?<word>\p{L}[\p{L}\p{M}]*) (?<number>[1-9]\d*)$/u;
/** A mark before the names of files that were late, in English or German. */
const LATE = /^(?:Late Submission|Versp(?:ä|a|ae)tete Abgabe) - /iu;

/**
 * ILIAS: folders `<last>_<first>_<login>_<number>`; for teams `Team <number>`, and such folders of those members in it who
 * uploaded something
 * (https://github.com/ILIAS-eLearning/ILIAS/blob/trunk/components/ILIAS/Exercise/Submission/SubmissionManager.php).
 * Names of other folders may look the same, so all of them together decide.
 */
export function iliasOwner(items: readonly DownloadItem[]): OwnerOf | undefined {
  const folders = items.filter((item) => item.kind === 'folder');
  if (areStudents(folders.map(({ name }) => name)))
    return (item) => (item.kind === 'folder' ? ownerOf([item.name], item.names()) : undefined);
  if (!areTeams(folders)) return undefined;
  return (item) => {
    if (item.kind !== 'folder') return undefined;
    const members = item.names();
    return ownerOf(
      members,
      members.flatMap((member) => item.names(member)),
    );
  };
}

/** True for the name of the folder of a team that holds the folders of its members. */
export const isIliasTeam = (name: string, inside: readonly string[]): boolean =>
  /^(?:team|équipe|equipe|equipo|gruppe|group|squadra) \d+$/iu.test(name) && areStudents(inside);

interface Named {
  readonly student: Student;
  readonly last: string | undefined;
  readonly login: string;
  readonly id: string;
}

function namedBy(folder: string): Named | undefined {
  const { last, first, login, id } = (STUDENT.exec(folder) ?? MANGLED.exec(folder))?.groups ?? {};
  if (login === undefined || id === undefined) return undefined;
  const name = last === undefined ? login : `${first} ${last}`;
  return { student: { name, ids: { ilias: id, login } }, last, login, id };
}

/** True if these are the names of the folders of several students, or of one whose number is no counter. */
function areStudents(folders: readonly string[]): boolean {
  const found = folders.flatMap((folder) => namedBy(folder) ?? []);
  const distinct = (of: (named: Named) => string | undefined): number => new Set(found.map(of)).size;
  if (found.length === 0 || found.length < folders.length) return false;
  if (distinct(({ id }) => id) < found.length || distinct(({ login }) => login) < found.length) return false;
  const [{ last, id }] = found;
  if (found.length === 1) return last !== undefined && Number(id) >= 100 && !isYear(id);
  return distinct((each) => each.last) > 1 || folders.every((folder) => folder.startsWith('___'));
}

/** True if each folder is a team's, and no student is in two. */
function areTeams(folders: readonly Folder[]): boolean {
  const words = new Set(folders.map(({ name }) => TEAM.exec(name)?.groups?.['word']));
  const members = folders.flatMap((folder) => folder.names());
  return (
    words.size === 1 &&
    !words.has(undefined) &&
    folders.every((each) => each.names().length > 0) &&
    areStudents(members)
  );
}

function ownerOf(folders: readonly string[], files: readonly string[]): Owner | undefined {
  const found = folders.flatMap((folder) => namedBy(folder) ?? []);
  if (found.length === 0) return undefined;
  const students = found.map(({ student }) => student);
  return {
    id: found.map(({ login }) => login).join('+'),
    name: students.map(({ name }) => name).join(', '),
    ...{ students, isLate: files.some((file) => LATE.test(file)), order: 0 },
  };
}

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/u.test(text);
