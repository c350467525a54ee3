import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

type Ports = Pick<Socket, 'remotePort' | 'localPort'>;

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * The number of the user who has the other end of a connection within this machine; undefined if the system does not say,
 * as those without `/proc` do not.
 *
 * @param tables - files in the form of Linux's `/proc/net/tcp` (proc(5))
 */
export function peerUser({ remotePort, localPort }: Ports, tables: readonly string[] = TABLES): number | undefined {
  if (remotePort === undefined || localPort === undefined) return undefined;
  for (const table of tables)
    for (const line of linesOf(table)) {
      // Its number, its own address and port, the other end's, and among others the user.
      const [, local, remote, , , , , user] = line.trim().split(/\s+/u);
      if (portIn(local) === remotePort && portIn(remote) === localPort) return Number(user);
    }
  return undefined;
}

function linesOf(table: string): string[] {
  try {
    return readFileSync(table, 'latin1').split('\n');
  } catch {
    return [];
  }
}

const portIn = (address = ''): number => parseInt(address.slice(address.lastIndexOf(':') + 1), 16);

/**
 * Whether the other end of a connection is this user's. The administrator's counts: some systems pass connections on, and
 * nothing can be kept from them. So does one of which the system does not say whose it is.
 */
export function isOwnPeer(ports: Ports, own = process.getuid?.()): boolean {
  const user = peerUser(ports);
  return user === undefined || own === undefined || user === 0 || user === own;
}
