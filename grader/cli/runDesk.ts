import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Sessions } from '../desk/access/Sessions.ts';
import { warmUp } from '../desk/class/warmUp.ts';
import type { Desk, DeskQueue } from '../desk/Desk.ts';
import { openDesk } from '../desk/openDesk.ts';
import { serveDesk } from '../desk/serveDesk.ts';
import { examineMachine } from '../doctor/examineMachine.ts';
import { assistantNames, storedPasswordOf } from '../gradebook/store/assistants.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { UsageError } from '../model/errors.ts';
import { printableLine } from '../report/text/printable.ts';
import { gradeAnew } from './gradeAnew.ts';
import { interruption } from './options.ts';
import { ownName } from './ownName.ts';
import { openDeskQueue } from './queue/openDeskQueue.ts';
import { whenAborted } from '../common/whenAborted.ts';

/** How a desk is opened. */
interface DeskChoices {
  readonly port: number;
  /** The address of a desk for several people; undefined if only this machine can reach it. */
  readonly listen: string | undefined;
  readonly readOnly: boolean;
  /** Who gives points at it. */
  readonly by: string | undefined;
  /** The queue of which the workers are shown. */
  readonly engine: string | undefined;
}

const LOOPBACK = '127.0.0.1';

/**
 * V8 collects garbage each time that the heap has grown by this share. What a desk keeps of a class of 2000 is 40 MB; by
 * itself V8 would let several times as much garbage lie around it, for speed that no reader of pages notices.
 */
const SMALL_HEAP = '--heap-growing-percent=10';

/**
 * Serves a course until it is interrupted.
 *
 * @throws UsageError if nobody could sign in, or the address cannot be used
 */
export async function runDesk(
  root: string,
  book: CourseGradebook,
  { listen, port, readOnly, by: named, engine }: DeskChoices,
): Promise<void> {
  const by = printableLine(named ?? ownName()).trim();
  if (by === '') throw new UsageError('--by: say who gives the points');
  if (listen !== undefined) await requireAssistants(book, listen);
  const queue = engine === undefined ? undefined : await openDeskQueue(engine);
  setFlagsFromString(SMALL_HEAP);
  const storedOf = listen === undefined ? undefined : (name: string) => book.read((db) => storedPasswordOf(db, name));
  const sessions = new Sessions(storedOf);
  let hosts: readonly string[] = [];
  const signal = interruption();
  const regradings = new Set<Promise<unknown>>();
  const desk = deskOf(root, book, { isReadOnly: readOnly, signal, regradings, queue });
  const app = openDesk(desk, { sessions, hosts: () => hosts, storedOf });
  const address = { host: listen ?? LOOPBACK, port, isForOwnUser: listen === undefined };
  const served = await serveDesk(app, address).catch((error: unknown) => {
    queue?.close();
    throw error;
  });
  hosts = listen === undefined ? [served.host, served.host.replace(LOOPBACK, 'localhost')] : [served.host];
  const entrance = listen === undefined ? `enter?token=${sessions.newLink(by)}` : '';
  process.stdout.write(`The desk of ${printableLine(book.shown)}:\n  http://${served.host}/${entrance}\n`);
  process.stderr.write(`grade: Ctrl-C ends it${listen === undefined ? '; the link works once' : ''}\n`);
  const warm = warmUp(desk);
  await whenAborted(signal);
  await served.close();
  queue?.close();
  await Promise.allSettled([warm, ...regradings]);
}

/** What ends together with a desk. */
interface DeskRun {
  readonly isReadOnly: boolean;
  readonly signal: AbortSignal;
  /** Those that have begun: they use the gradebook until they end. */
  readonly regradings: Set<Promise<unknown>>;
  readonly queue: DeskQueue | undefined;
}

function deskOf(root: string, book: CourseGradebook, { isReadOnly, signal, regradings, queue }: DeskRun): Desk {
  return {
    ...{ root, book, isReadOnly, queue },
    diagnose: () => examineMachine(root),
    regrade: (assignment, began, stopped) => {
      const jobs = availableParallelism();
      const note = (line: string) => process.stderr.write(`grade: ${line}\n`);
      const isEnded = AbortSignal.any([signal, stopped]);
      const anew = { seed: undefined, jobs, isolation: 'auto', began, note } as const;
      const regrading = gradeAnew(root, book, assignment, anew, isEnded);
      regradings.add(regrading);
      return regrading;
    },
  };
}

/** @throws UsageError if nobody could sign in, or browsers cannot use the address */
async function requireAssistants(book: CourseGradebook, listen: string): Promise<void> {
  if (['', '0.0.0.0', '::'].includes(listen))
    throw new UsageError(
      `--listen ${listen || '""'}: name the one address that browsers use, like grading.example.org`,
    );
  if ((await book.read(assistantNames)).length === 0)
    throw new UsageError('--listen: nobody has a password yet; grade desk --add-ta NAME gives somebody one');
}
