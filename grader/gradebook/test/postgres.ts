import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './freePort.ts';

const VERSIONS = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs, as Debian installs them; undefined if there are none. */
function programs(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  return readdirSync(VERSIONS)
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/** A server of its own, for the time of a test. */
export interface Server {
  /** The URL of a new database. */
  newDatabase(): string;
  stop(): Promise<void>;
}

/** Starts a server; undefined if PostgreSQL is not installed, or refuses to run here. */
export async function startPostgres(): Promise<Server | undefined> {
  const bin = programs();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-postgres-'));
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? idsOf('postgres') : undefined;
  if (isRoot && !user) return undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const settings = ['-D', data, '-A', 'trust', '-U', 'course', '-E', 'UTF8', '--locale=C', '-N'];
  if (spawnSync(join(bin, 'initdb'), settings, { ...user, cwd: folder, stdio: 'ignore' }).status !== 0) {
    // It wants a user whom the system knows by name.
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const port = await freePort();
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port)], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const run = (program: string, ...args: string[]) =>
    spawnSync(join(bin, program), ['-h', '127.0.0.1', '-p', String(port), '-U', 'course', ...args], { cwd: folder })
      .status === 0;
  while (!run('pg_isready')) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL has ended with exit code ${child.exitCode}`);
    await sleep(50);
  }
  let made = 0;
  return {
    newDatabase() {
      const name = `course${made++}`;
      if (!run('createdb', name)) throw new Error(`no database ${name} could be made`);
      return `postgres://course@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const ids = ['-u', '-g'].map((option) => Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout));
  return ids.every((id) => id > 0) ? { uid: ids[0], gid: ids[1] } : undefined;
}
