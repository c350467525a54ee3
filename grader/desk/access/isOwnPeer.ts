import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';

type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>;

const TABLE = '/proc/net/tcp';
/** In other states the kernel may already have forgotten whose a connection is, and names the administrator. */
const ESTABLISHED = '01';

/**
 * Whether the program at the other end of an IPv4 connection within this machine is this user's, or the administrator's: some
 * systems pass connections on, and nothing can be kept from the administrator. Always true if the system does not say whose
 * a connection is; Linux does.
 *
 * @param table - a file in the form of Linux's `/proc/net/tcp` (proc(5))
 */
export function isOwnPeer(ends: Ends, own = process.getuid?.(), table = TABLE): boolean {
  const lines = linesOf(table);
  if (!lines || own === undefined) return true;
  const [theirs, ours] = [endIn(ends.remoteAddress, ends.remotePort), endIn(ends.localAddress, ends.localPort)];
  for (const line of lines) {
    // Its number, its own end, the other end, its state, and among others the user.
    const [, itsEnd, otherEnd, state, , , , user] = line.trim().split(/\s+/u);
    if (itsEnd === theirs && otherEnd === ours && state === ESTABLISHED)
      return Number(user) === own || Number(user) === 0;
  }
  return false;
}

function linesOf(table: string): string[] | undefined {
  try {
    return readFileSync(table, 'latin1').split('\n');
  } catch {
    return undefined;
  }
}

/** `0100007F:1F90` for port 8080 of 127.0.0.1: the kernel writes an address as one number of the machine. */
function endIn(address = '', port = 0): string {
  const bytes = address.split('.').map((byte) => hex(Number(byte), 2));
  return `${(endianness() === 'LE' ? bytes.reverse() : bytes).join('')}:${hex(port, 4)}`;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
