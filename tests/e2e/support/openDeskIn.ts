import { setTimeout as sleep } from 'node:timers/promises';
import { startGrade } from './runGrade.ts';

/** A desk that runs as a command, and somebody who is signed in at it. */
export interface DeskAtWork {
  read(path: string): Promise<string>;
  /** Sends a form; the status of the answer. */
  send(path: string, fields: Readonly<Record<string, string>>): Promise<number>;
  /** Follows events until one of them is what is waited for. */
  follow(path: string, isIt: (event: Readonly<Record<string, unknown>>) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Opens the desk of the gradebook in a folder. */
export async function openDeskIn(folder: string): Promise<DeskAtWork> {
  const { child, ended } = startGrade(['desk', '--by', 'Grace'], folder);
  let printed = '';
  child.stdout?.on('data', (piece: Buffer) => (printed += piece.toString()));
  while (!/^ {2}http\S+\n/mu.test(printed) && child.exitCode === null) await sleep(20);
  const link = /http\S+/u.exec(printed)![0];
  const { origin } = new URL(link);
  const entered = await fetch(link, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')!.split(';')[0];
  const get = (path: string) => fetch(origin + path, { headers: { cookie } });
  return {
    read: async (path) => (await get(path)).text(),
    async send(path, fields) {
      const body = new URLSearchParams(fields);
      const headers = { cookie, origin };
      return (await fetch(origin + path, { method: 'POST', body, headers, redirect: 'manual' })).status;
    },
    async follow(path, isIt) {
      const text = (await get(path)).body!.pipeThrough(new TextDecoderStream());
      let unread = '';
      for await (const piece of text) {
        // A piece may end within an event.
        const lines = (unread + piece).split('\n');
        unread = lines.pop()!;
        const events = lines.flatMap((line) => (line.startsWith('data: ') ? [line.slice('data: '.length)] : []));
        if (events.some((data) => isIt(JSON.parse(data) as Record<string, unknown>))) return;
      }
    },
    async close() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
