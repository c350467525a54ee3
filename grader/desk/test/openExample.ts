import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findAssignment } from '../../assignments/findAssignments.ts';
import { CourseGradebook } from '../../gradebook/store/CourseGradebook.ts';
import type { Assignment } from '../../model/assignment.ts';
import { Sessions } from '../access/Sessions.ts';
import { storedPasswordOf } from '../../gradebook/store/assistants.ts';
import type { Desk } from '../Desk.ts';
import { openDesk } from '../openDesk.ts';
import { type ServedDesk, serveDesk } from '../serveDesk.ts';
import { type Browsing, browse } from './browse.ts';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const HOST = 'desk.test:8123';
export const CRITERION = 'question3.motivation';

/** A desk of a course that does not exist, and those who work at it. */
export interface Example {
  readonly desk: Desk;
  readonly app: ReturnType<typeof openDesk>;
  readonly sessions: Sessions;
  readonly book: CourseGradebook;
  readonly assignment: Assignment;
  /** Somebody who is signed in. */
  as(name: string): Promise<Browsing>;
  /** For real browsers; the one who asks closes it. */
  serve(): Promise<ServedDesk>;
  close(): Promise<void>;
}

/** Opens a desk without a network, with a gradebook of its own. */
export async function openExample(
  settings: Partial<Pick<Desk, 'isReadOnly' | 'regrade' | 'diagnose' | 'queue'>> & {
    readonly hasPasswords?: boolean;
  } = {},
): Promise<Example> {
  const folder = await mkdtemp(join(tmpdir(), 'im2grade-desk-'));
  const book = await CourseGradebook.open(join(folder, 'gradebook.db'), folder);
  const { hasPasswords = false, ...others } = settings;
  const desk: Desk = {
    ...{ root: ROOT, book, isReadOnly: false, queue: undefined },
    regrade: () => Promise.resolve({ attempts: 0, changed: [], failed: [] }),
    diagnose: () => Promise.resolve({ tier: 'strict', checks: [] }),
    ...others,
  };
  const storedOf = hasPasswords ? (name: string) => book.read((db) => storedPasswordOf(db, name)) : undefined;
  const sessions = new Sessions(storedOf);
  const hosts = [HOST];
  const app = openDesk(desk, { sessions, hosts: () => hosts, storedOf });
  return {
    ...{ desk, app, sessions, book, assignment: findAssignment(ROOT, 'conv2d-gemm') },
    as: (name) => browse(app, sessions.newLink(name), HOST),
    async serve() {
      const served = await serveDesk(app, { host: '127.0.0.1', port: 0 });
      hosts.push(served.host);
      return served;
    },
    async close() {
      await book.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
