import type { WorkerEvents } from '../../engines/redis/RedisWorker.ts';
import { duration } from '../../report/text/numbers.ts';
import { printableLine } from '../../report/text/printable.ts';

/** What a worker writes to standard error. */
interface WorkerLog extends WorkerEvents {
  note(line: string): void;
}

/** @param isJson - for a machine that collects logs: one JSON document a line */
export async function workerLog(isJson: boolean): Promise<WorkerLog> {
  if (!isJson) return plainLog;
  const { default: pino } = await import('pino');
  const log = pino({ base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
  return {
    note: (line) => log.info(line),
    began: (key, pass) => log.info({ key, pass }, 'began'),
    ended(key, made, seconds, pass) {
      const about = { key, pass, seconds, result: made.type };
      if (made.type === 'failed') log.error({ ...about, reason: made.error.message }, 'ended');
      else log.info(about, 'ended');
    },
  };
}

const write = (line: string): void => void process.stderr.write(`grade: ${printableLine(line)}\n`);

const plainLog: WorkerLog = {
  note: write,
  began: () => undefined,
  ended: (key, made, seconds) =>
    write(`${key.slice(0, 12)}: ${made.type === 'failed' ? made.error.message : made.type} in ${duration(seconds)}`),
};
