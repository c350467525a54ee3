import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { Hono } from 'hono';
import type { DeskEnv } from '../DeskEnv.ts';
import { serveDesk } from '../serveDesk.ts';
import { isOwnPeer } from './isOwnPeer.ts';

const ends = (remotePort: number) => ({
  ...{ remoteAddress: '127.0.0.1', remotePort, localAddress: '127.0.0.1', localPort: 8080 },
});

test('the user is that of the other end, while it is open, and at that very address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-peer-'));
  try {
    const table = join(folder, 'tcp');
    writeFileSync(
      table,
      `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1
   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 12 1
   2: 0200007F:C350 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3
   3: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 13 1
   4: 0100007F:C351 0100007F:1F90 05 00000000:00000000 00:00000000 00000000     0        0 0 1
   5: 0100007F:C352 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 14 1
`,
    );
    expect([1000, 1001].map((own) => isOwnPeer(ends(50_000), own, table))).toEqual([false, true]);
    expect(isOwnPeer(ends(50_001), 1000, table)).toBe(false);
    expect(isOwnPeer(ends(50_002), 1000, table)).toBe(true);
    expect(isOwnPeer(ends(50_003), 1000, table)).toBe(false);
    expect(isOwnPeer(ends(50_000), 1000, join(folder, 'nothing'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const ANOTHER_USER = 65_534;
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a connection of this process is this user’s', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [accepted] = (await once(server, 'connection')) as [Socket];
  expect(isOwnPeer(accepted)).toBe(true);
  client.destroy();
  server.close();
});

const canBeAnother = process.platform === 'linux' && process.getuid!() === 0;
if (!canBeAnother) console.warn('Connections of other users are not tried: that takes root');
(canBeAnother ? test : test.skip)('another user of the machine does not reach a desk, whatever they know', async () => {
  const app = new Hono<DeskEnv>().get('/', (c) => c.text('the desk'));
  const served = await serveDesk(app, { host: '127.0.0.1', port: 0, isForOwnUser: true });
  // Not with fetch: it does not always settle when a connection is closed at once.
  const script = `require('node:http').get('http://${served.host}/', (r) => r.pipe(process.stdout))
    .on('error', () => console.log('refused'))`;
  const readAs = async (uid: number) =>
    (await promisify(execFile)(process.execPath, ['--eval', script], { uid, cwd: '/' })).stdout.trim();
  try {
    expect(await Promise.all([readAs(process.getuid!()), readAs(ANOTHER_USER)])).toEqual(['the desk', 'refused']);
  } finally {
    await served.close();
  }
});
