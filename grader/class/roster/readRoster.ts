import { readFileSync } from 'node:fs';
import { foldedText } from '../../common/foldedText.ts';
import { UsageError } from '../../model/errors.ts';
import { haveOtherIds } from '../../model/haveOtherIds.ts';
import { IdSystem, type Student } from '../../model/student.ts';
import { columnOf, type Field } from './rosterColumns.ts';
import { type SheetRow, sheetRows } from '../../host/files/sheetRows.ts';

/** A student as a roster lists them. */
export interface RosterEntry extends Student {
  readonly team?: string | undefined;
  /** The part of the course that the student is in; several are separated by semicolons. */
  readonly section?: string | undefined;
}

/**
 * Reads who is in a course, from a CSV file as Canvas, Moodle, Gradescope, GitHub Classroom, nbgrader, Blackboard,
 * Brightspace, ILIAS or PrairieLearn export it, or with the columns `name`, `id` and `email`. Teachers are left out if
 * the file says who they are; a student who is listed for each of several sections is one.
 *
 * @throws UsageError in one line, if it cannot be read, a cell is too long or one id is of two people
 */
export function readRoster(path: string): RosterEntry[] {
  const [header, ...rows] = sheetRows(path, () => readFileSync(path), {
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
  });
  const names = header?.record ?? [];
  if (header) refuseLongCells(header, () => true, path);
  const columns = names.map((name) => columnOf(name, names));
  if (!columns.some((column) => column !== undefined && !NOT_A_NAME.has(column)))
    throw new UsageError(
      `${path}:1: no column of names, ids or addresses; it has: ${names.join(', ') || 'none'}. Name them name, id, login or email`,
    );
  const entries: Listed[] = [];
  for (const row of rows) {
    const { record, info } = row;
    refuseLongCells(row, (column) => columns[column] !== undefined, path);
    const fields = fieldsOf(record, columns);
    const rounded = IdSystem.options.flatMap((system) => fields[system] ?? []).find((id) => ROUNDED.test(id));
    if (rounded !== undefined)
      throw new UsageError(
        `${path}:${info.lines}: a spreadsheet has rounded the id ${rounded}; export the roster again`,
      );
    const entry = isStudent(fields) ? entryOf(fields) : undefined;
    if (entry) entries.push({ ...entry, line: info.lines });
  }
  if (entries.length === 0) throw new UsageError(`${path}: nobody is listed in it`);
  return withoutRepeats(entries, path);
}

/** No name, id or list of sections is longer: such a cell is a missing quotation mark, or meant to harm. */
const LONGEST_CELL = 1000;

/**
 * @param isUsed - whether a column counts: another one may contain long texts, such as comments
 * @throws UsageError if a cell is longer than any that is right
 */
function refuseLongCells(
  { record, info }: SheetRow<string[]>,
  isUsed: (column: number) => boolean,
  path: string,
): void {
  const column = record.findIndex((cell, at) => cell.length > LONGEST_CELL && isUsed(at));
  if (column < 0) return;
  throw new UsageError(
    `${path}:${info.lines}: cell ${column + 1} has ${record[column].length} characters; a cell of a roster may have ${LONGEST_CELL}: correct it`,
  );
}

type Fields = Readonly<Partial<Record<Field, string>>>;

/** `1.23E+05`: nobody knows what it was. */
const ROUNDED = /^\d(?:[.,]\d+)?E\+\d+$/u;

const NOT_A_NAME: ReadonlySet<Field> = new Set(['role', 'team', 'section']);

/** The first cell of each field that is not empty. */
function fieldsOf(record: readonly string[], columns: readonly (Field | undefined)[]): Fields {
  const fields: Partial<Record<Field, string>> = {};
  for (const [at, column] of columns.entries()) {
    const text = cellText(record[at] ?? '');
    if (column !== undefined && text !== '') fields[column] ??= text;
  }
  return fields;
}

/** What keeps a spreadsheet from reading an id as a number or a formula is no part of it: `="007"`, `'007`, `#007`. */
const cellText = (cell: string): string =>
  cell
    .trim()
    .replace(/^="(.*)"$/u, '$1')
    .replace(/^['#](?=\S)/u, '')
    .normalize('NFC');

/** Canvas has rows of points and a student for tests in its export. */
const isStudent = ({ role, name = '' }: Fields): boolean =>
  (role === undefined || /student|learner|participant|teilnehm|member|^0$/iu.test(role)) &&
  !/^(?:Points Possible|Student, Test|Test Student)$/u.test(name);

function entryOf(fields: Fields): RosterEntry | undefined {
  const { first, last, email, team, section, identifier } = fields;
  const ids = { ...idsOf(fields), ...(identifier === undefined ? {} : identified(identifier, fields)) };
  const address = email ?? [ids.login, identifier].find((text) => text?.includes('@'));
  const parts = [first, last].filter((part) => part !== undefined).join(' ');
  const name = fields.name === undefined ? parts : inOrder(fields.name);
  const shown = name || address || Object.values(ids)[0] || identifier;
  if (shown === undefined) return undefined;
  return {
    name: shown,
    ids,
    ...(address === undefined ? {} : { email: address }),
    ...(team === undefined ? {} : { team }),
    ...(section === undefined ? {} : { section }),
  };
}

const idsOf = (fields: Fields): Student['ids'] =>
  Object.fromEntries(
    IdSystem.options.flatMap((system) => (fields[system] === undefined ? [] : [[system, fields[system]]])),
  );

/** `Participant 31` is Moodle's; GitHub Classroom's identifier is what the teacher chose. */
function identified(identifier: string, { name, sid, github }: Fields): Student['ids'] {
  const participant =
    github === undefined ? /^[^\d@]+ (?<number>\d+)$/u.exec(identifier)?.groups?.['number'] : undefined;
  if (participant !== undefined) return { moodle: participant };
  // Alone it may be a name.
  const isId = name !== undefined || (github === undefined && /\d/u.test(identifier));
  return sid === undefined && isId && !identifier.includes('@') ? { sid: identifier } : {};
}

/** `Lovelace, Ada` as people are called. */
const inOrder = (name: string): string => name.replace(/^(?<last>[^,]+),\s*(?<first>[^,]+)$/u, '$<first> $<last>');

interface Listed extends RosterEntry {
  readonly line: number;
}

/**
 * Each student once, with all of their sections.
 *
 * @throws UsageError if one id is of two people, or one address of two whom no id distinguishes
 */
function withoutRepeats(entries: readonly Listed[], path: string): RosterEntry[] {
  const kept: Listed[] = [];
  const placeOf = new Map<string, number>();
  for (const entry of entries) {
    const keys = keysOf(entry);
    const key = keys.find((each) => placeOf.has(each) && !areTwo(kept[placeOf.get(each)!], entry, each));
    const place = key === undefined ? undefined : placeOf.get(key);
    const earlier = place === undefined ? undefined : kept[place];
    if (earlier && foldedText(earlier.name) !== foldedText(entry.name))
      throw new UsageError(
        `${path}:${entry.line}: ${entry.name} has ${isAddress(key!) ? 'the address' : 'an id'} of ${earlier.name}, line ${earlier.line}; correct one of them`,
      );
    for (const each of keys) if (!placeOf.has(each)) placeOf.set(each, place ?? kept.length);
    if (earlier) kept[place!] = together(earlier, entry);
    else kept.push(entry);
  }
  return kept.map(({ line: _, ...student }) => student);
}

/** What distinguishes a student from others, the surest first. */
const keysOf = ({ ids, email }: Student): string[] => [
  ...Object.entries(ids).map(([system, id]) => `${system} ${foldedText(id)}`),
  ...(email === undefined ? [] : [`${ADDRESS}${foldedText(email)}`]),
];

const ADDRESS = 'address ';
const isAddress = (key: string): boolean => key.startsWith(ADDRESS);

/** A family may share an address; two ids of one system are of two people. */
const areTwo = (earlier: Student, entry: Student, key: string): boolean =>
  isAddress(key) && haveOtherIds(earlier, entry);

function together(earlier: Listed, entry: Listed): Listed {
  const sections = new Set([earlier.section, entry.section].filter((section) => section !== undefined));
  const [team, email] = [earlier.team ?? entry.team, earlier.email ?? entry.email];
  return {
    ...earlier,
    ids: { ...entry.ids, ...earlier.ids },
    ...(email !== undefined && { email }),
    ...(sections.size > 0 && { section: [...sections].join('; ') }),
    ...(team !== undefined && { team }),
  };
}
