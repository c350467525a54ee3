import type { Kysely } from 'kysely';
import { inTransaction } from './inTransaction.ts';

/** Which of a team's attempts counts. */
export const COUNTS = ['latest', 'best', 'latest-in-time'] as const;
export type Counts = (typeof COUNTS)[number];

interface AssignmentTable {
  id: string;
  title: string;
  version: number;
  /** Every submission's seed is derived from it. */
  seed: number;
  counts: string;
  /** Its share of the course's total; 0 for all if points are simply added up. */
  weight: number;
  /** When it is due, without extensions: a `CourseDeadline` as JSON; empty if unknown. */
  deadline: string;
}

interface StudentTable {
  id: string;
  name: string;
  name_key: string;
  email: string;
  email_key: string;
}

interface StudentIdTable {
  system: string;
  value_key: string;
  value: string;
  student: string;
}

/** All names that a student was ever called by. */
interface NameTable {
  student: string;
  name_key: string;
}

interface MemberTable {
  team: string;
  student: string;
}

/** What a team handed in; the same work of the same team is one attempt, whatever the download calls it. */
export interface AttemptTable {
  id: string;
  assignment: string;
  team: string;
  /** Of the deliverables; of the reason if nothing could be read. */
  digest: string;
  /** ISO 8601 in UTC; empty if unknown. */
  received: string;
  /** What was read: the name of a folder or an archive. */
  source: string;
  /** The folder of its report, relative to the gradebook's; empty if it has none. */
  folder: string;
  state: 'graded' | 'ungradable' | 'pending';
  /** Why there is no score; empty if there is one. */
  reason: string;
  recorded: string;
  /** When a download first had it, or had it again in the place of later work. */
  seen: string;
  /** The result that counts; empty if there is none. */
  result: string;
  /** 1 if this result was published or decided on: only a regrading that is applied changes it. */
  held: number;
  /** A result of more criteria than the held one, which counts when somebody publishes; empty if there is none. */
  waiting: string;
  /** What counts of it, with the points that people gave and the late policy: -1 while there is no result. */
  score: number;
  out_of: number;
  pending: number;
  late_seconds: number;
}

/** One run of the suites over the work of an attempt. */
export interface GradingTable {
  key: string;
  assignment: string;
  /** Digest of the deliverables. */
  submission: string;
  /** Digest of the assignment's own sources. */
  assignment_sources: string;
  /** Digest of the grader and its libraries. */
  grader_sources: string;
  seed: number;
  machine: string;
  /** Of the score report's file; empty if the work cannot be graded. */
  report: string;
  reason: string;
  at: string;
}

/** Gradings of different criteria, merged: what an attempt came to before people and the calendar have their say. */
export interface ResultTable {
  id: string;
  attempt: string;
  /** 1 if all criteria were examined. */
  is_full: number;
  /** Keys of the gradings, separated by spaces. */
  gradings: string;
  report: string;
  at: string;
  /** Of the assignment; 0 if unknown. */
  version: number;
  /** Why some of the work could not be used: a list of reasons as JSON; empty if all of it could. */
  left_out: string;
}

/** A criterion's outcome in a result. */
export interface OutcomeTable {
  result: string;
  criterion: string;
  status: string;
  earned: number;
  points: number;
  bonus: number;
  /** Its time over the reference's; 0 if it was not timed. */
  ratio: number;
  /** The likely cause that its counterexample names; empty if none does. */
  cause: string;
  /** What was measured: a `MeasuredValue` as JSON; empty if nothing was. */
  measured: string;
}

/** What a person gave; nothing is ever deleted. */
export interface EntryTable {
  id: string;
  assignment: string;
  team: string;
  kind: string;
  /** Empty if it is about the whole work. */
  criterion: string;
  file: string;
  line: number;
  points: number;
  note: string;
  given_by: string;
  at: string;
  /** Digest of the work that was read; empty if none was. */
  digest: string;
}

/** When a team's work is due, with their extension. */
interface DeadlineTable {
  assignment: string;
  team: string;
  due: string;
  /** 1 if it differs from the course's. */
  extended: number;
  /** What the course allows on top, as JSON: the zone of its calendar, grace and slip days. */
  terms: string;
}

/** A result that was replaced by a decision: what an undo goes back to. */
interface ChangeTable {
  batch: string;
  attempt: string;
  old_result: string;
  new_result: string;
  old_held: number;
  given_by: string;
  at: string;
  undone: string;
}

/** A score that its students know. They are a team: those of the team that handed in for whom the work counts. */
export interface PublishedTable {
  assignment: string;
  team: string;
  attempt: string;
  result: string;
  score: number;
  out_of: number;
  given_by: string;
  at: string;
  /** The batch of changes by which the students came to know it; empty if somebody published it. */
  batch: string;
}

/** The bonus of a team by a class as a whole, as somebody gave it: what an undo goes back to. */
export interface AwardTable {
  batch: string;
  assignment: string;
  team: string;
  /** Points of its bonus before and after. */
  before: number;
  after: number;
  given_by: string;
  at: string;
  /** When it was taken back; empty if it was not. */
  undone: string;
}

/** Somebody who was known twice. */
interface JoinTable {
  student: string;
  /** What the other was known by. */
  other: string;
  given_by: string;
  at: string;
}

/** What a roster says of a student, beside who it is; texts are empty if it says nothing. */
interface EnrolmentTable {
  student: string;
  section: string;
  team: string;
}

/** Slip days that an attempt costs its team. */
interface SlipDayTable {
  attempt: string;
  days: number;
}

/** What a student asks to be looked at again, and the answer; texts are empty until there is one. */
export interface RequestTable {
  id: string;
  assignment: string;
  student: string;
  /** Empty if it is about the whole work. */
  criterion: string;
  text: string;
  given_by: string;
  at: string;
  answer: string;
  answered_by: string;
  answered: string;
}

/** Somebody who may sign in at a desk that others can reach. */
interface AssistantTable {
  name: string;
  /** Salt and key, never the password. */
  password: string;
}

/** A team whose saved reports show what counted before. */
export interface StaleReportTable {
  assignment: string;
  team: string;
  /** Another one after each change. */
  mark: string;
}

export interface Tables {
  meta: { key: string; value: string };
  assignments: AssignmentTable;
  students: StudentTable;
  student_ids: StudentIdTable;
  names: NameTable;
  members: MemberTable;
  enrolments: EnrolmentTable;
  attempts: AttemptTable;
  slip_days: SlipDayTable;
  gradings: GradingTable;
  results: ResultTable;
  outcomes: OutcomeTable;
  entries: EntryTable;
  deadlines: DeadlineTable;
  changes: ChangeTable;
  published: PublishedTable;
  awards: AwardTable;
  joins: JoinTable;
  requests: RequestTable;
  assistants: AssistantTable;
  stale_reports: StaleReportTable;
}

export type Database = Kysely<Tables>;

type Kind = 'text' | 'integer' | 'double precision';

/** Columns by table, and the primary key's. SQLite and PostgreSQL understand all of it. */
const COLUMNS: { readonly [T in keyof Tables]: { readonly [C in keyof Tables[T]]: Kind } } = {
  meta: { key: 'text', value: 'text' },
  assignments: {
    ...{ id: 'text', title: 'text', version: 'integer', seed: 'integer', counts: 'text', weight: 'double precision' },
    deadline: 'text',
  },
  students: { id: 'text', name: 'text', name_key: 'text', email: 'text', email_key: 'text' },
  student_ids: { system: 'text', value_key: 'text', value: 'text', student: 'text' },
  names: { student: 'text', name_key: 'text' },
  members: { team: 'text', student: 'text' },
  enrolments: { student: 'text', section: 'text', team: 'text' },
  attempts: {
    ...{ id: 'text', assignment: 'text', team: 'text', digest: 'text', received: 'text', source: 'text' },
    ...{ folder: 'text', state: 'text', reason: 'text', recorded: 'text', seen: 'text', result: 'text' },
    ...{ held: 'integer', score: 'double precision', out_of: 'double precision', pending: 'double precision' },
    ...{ late_seconds: 'double precision', waiting: 'text' },
  },
  slip_days: { attempt: 'text', days: 'integer' },
  gradings: {
    ...{ key: 'text', assignment: 'text', submission: 'text', assignment_sources: 'text', grader_sources: 'text' },
    ...{ seed: 'integer', machine: 'text', report: 'text', reason: 'text', at: 'text' },
  },
  results: {
    ...{ id: 'text', attempt: 'text', is_full: 'integer', gradings: 'text', report: 'text', at: 'text' },
    ...{ version: 'integer', left_out: 'text' },
  },
  outcomes: {
    ...{ result: 'text', criterion: 'text', status: 'text', earned: 'double precision', points: 'double precision' },
    ...{ bonus: 'integer', ratio: 'double precision', cause: 'text', measured: 'text' },
  },
  entries: {
    ...{ id: 'text', assignment: 'text', team: 'text', kind: 'text', criterion: 'text', file: 'text', line: 'integer' },
    ...{ points: 'double precision', note: 'text', given_by: 'text', at: 'text', digest: 'text' },
  },
  deadlines: { assignment: 'text', team: 'text', due: 'text', extended: 'integer', terms: 'text' },
  changes: {
    ...{ batch: 'text', attempt: 'text', old_result: 'text', new_result: 'text', old_held: 'integer' },
    ...{ given_by: 'text', at: 'text', undone: 'text' },
  },
  published: {
    ...{ assignment: 'text', team: 'text', attempt: 'text', result: 'text', score: 'double precision' },
    ...{ out_of: 'double precision', given_by: 'text', at: 'text', batch: 'text' },
  },
  awards: {
    ...{ batch: 'text', assignment: 'text', team: 'text', before: 'double precision', after: 'double precision' },
    ...{ given_by: 'text', at: 'text', undone: 'text' },
  },
  joins: { student: 'text', other: 'text', given_by: 'text', at: 'text' },
  requests: {
    ...{ id: 'text', assignment: 'text', student: 'text', criterion: 'text', text: 'text', given_by: 'text' },
    ...{ at: 'text', answer: 'text', answered_by: 'text', answered: 'text' },
  },
  assistants: { name: 'text', password: 'text' },
  stale_reports: { assignment: 'text', team: 'text', mark: 'text' },
};

const KEYS: { readonly [T in keyof Tables]: readonly (keyof Tables[T] & string)[] } = {
  meta: ['key'],
  assignments: ['id'],
  students: ['id'],
  student_ids: ['system', 'value_key'],
  names: ['student', 'name_key'],
  members: ['team', 'student'],
  enrolments: ['student'],
  attempts: ['id'],
  slip_days: ['attempt'],
  gradings: ['key'],
  results: ['id'],
  outcomes: ['result', 'criterion'],
  entries: ['id'],
  deadlines: ['assignment', 'team'],
  changes: ['batch', 'attempt'],
  published: ['assignment', 'team', 'at'],
  awards: ['batch', 'team'],
  joins: ['student', 'other', 'at'],
  requests: ['id'],
  assistants: ['name'],
  stale_reports: ['assignment', 'team'],
};

const INDICES: readonly (readonly [keyof Tables & string, readonly string[]])[] = [
  ['attempts', ['team', 'assignment']],
  ['attempts', ['folder']],
  ['members', ['student']],
  ['students', ['name_key', 'id']],
  ['names', ['name_key']],
  ['students', ['email_key']],
  ['student_ids', ['student']],
  ['gradings', ['submission']],
  ['results', ['attempt']],
  ['entries', ['team', 'assignment']],
];

/** Incremented when an older program would misread a newer gradebook. */
export const GRADEBOOK_VERSION = 1;

type Introspection = Awaited<ReturnType<Database['introspection']['getTables']>>;

/** The columns of a table that a gradebook does not have: all if it has no such table. */
function missingColumns(table: keyof Tables, there: Introspection): [column: string, kind: Kind][] {
  const known = new Set(there.find(({ name }) => name === table)?.columns.map(({ name }) => name));
  return Object.entries(COLUMNS[table]).filter(([column]) => !known.has(column));
}

const TABLES = Object.keys(COLUMNS) as (keyof Tables)[];

/** True if a gradebook has all tables and columns. */
export async function hasTables(db: Database): Promise<boolean> {
  const there = await db.introspection.getTables();
  return TABLES.every((table) => missingColumns(table, there).length === 0);
}

/**
 * Makes the tables, columns and indices that are missing. A column that an older grader did not have begins empty.
 *
 * @param begin - for SQLite `begin immediate`, so that of several commands that make them at once each waits for the other
 */
export async function makeTables(db: Database, begin: 'begin' | 'begin immediate'): Promise<void> {
  const makeMissing = async (work: Database) => {
    const there = await work.introspection.getTables();
    for (const table of TABLES) {
      if (there.some(({ name }) => name === table)) await addColumns(work, table, missingColumns(table, there));
      else await makeTable(work, table);
    }
    for (const [table, columns] of INDICES) await makeIndex(work, table, columns);
    await work
      .insertInto('meta')
      .values({ key: 'version', value: String(GRADEBOOK_VERSION) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  await inTransaction(db, makeMissing, begin);
}

async function makeTable(db: Database, table: keyof Tables): Promise<void> {
  let statement = db.schema.createTable(table).ifNotExists();
  for (const [column, kind] of Object.entries(COLUMNS[table]))
    statement = statement.addColumn(column, kind as Kind, (made) => made.notNull());
  await statement.addPrimaryKeyConstraint(`${table}_key`, [...KEYS[table]] as never).execute();
}

async function addColumns(db: Database, table: string, columns: readonly [string, Kind][]): Promise<void> {
  for (const [column, kind] of columns)
    await db.schema
      .alterTable(table)
      .addColumn(column, kind, (added) => added.notNull().defaultTo(kind === 'text' ? '' : 0))
      .execute();
}

async function makeIndex(db: Database, table: string, columns: readonly string[]): Promise<void> {
  const named = db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .ifNotExists()
    .on(table);
  await named.columns([...columns]).execute();
}
