/**
 * What a program could try after it has broken out of V8, when only the sandbox holds it: each is run separately, with
 * all of Node available, and prints in one line whether it succeeded.
 *
 *     node programs.mjs <name> <its argument as JSON>
 */
import { spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import fs from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import { Worker } from 'node:worker_threads';

const THREADS = 80;
const MIB = 2 ** 20;

const programs = {
  readFile: ({ path }) => `${fs.readFileSync(path).length} bytes of ${path}`,
  readFolder: ({ path }) => fs.readdirSync(path).join(' '),

  writeFile({ path }) {
    fs.writeFileSync(path, '');
    fs.rmSync(path);
    return `written ${path}`;
  },
  overwriteFile: ({ path }) => `opened ${fs.openSync(path, 'r+')}`,
  fillDisk({ path, mib = 64 }) {
    fs.writeFileSync(path, Buffer.alloc(mib * MIB));
    return `${mib} MiB in ${path}`;
  },

  /** Descriptors of files, folders and sockets in addition to stdin, stdout and stderr. */
  findDescriptors() {
    const open = [];
    for (let fd = 3; fd < 1024; fd++) {
      try {
        const found = fs.fstatSync(fd);
        if (found.isFile() || found.isDirectory() || found.isSocket()) open.push(fd);
      } catch {
        continue;
      }
    }
    if (open.length === 0) throw new Error('none is open');
    return `open ${open.join(' ')}`;
  },
  readEnvironment() {
    const secrets = Object.keys(process.env).filter((name) => name !== 'PWD');
    if (secrets.length === 0) throw new Error('it is empty');
    return secrets.join(' ');
  },
  nameHost: ({ host }) => {
    if (os.hostname() !== host) throw new Error(`called ${os.hostname()} here`);
    return host;
  },

  connect: ({ port }) =>
    new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(`connected to ${port}`));
      socket.on('error', reject);
    }),
  listen: ({ name }) =>
    new Promise((resolve, reject) => {
      const server = net.createServer();
      server.on('error', reject);
      server.listen(name, () => resolve(`listening on ${JSON.stringify(name)}`));
    }),
  sendDatagram: ({ port }) =>
    new Promise((resolve, reject) => {
      const socket = dgram.createSocket('udp4');
      socket.on('error', reject);
      socket.send('out', port, '127.0.0.1', (error) => (error ? reject(error) : resolve('sent')));
    }),
  async askForName() {
    return (await dns.lookup('localhost')).address;
  },
  openInspector() {
    inspector.open(0, '127.0.0.1');
    if (inspector.url() === undefined) throw new Error('it did not open');
    return inspector.url();
  },

  startProcess() {
    const { error, status } = spawnSync(process.execPath, ['--version']);
    if (error) throw error;
    return `ended with ${status}`;
  },
  async startThreads() {
    // So little memory each that their number is what ends them.
    const options = { eval: true, resourceLimits: { codeRangeSizeMb: 8 } };
    for (let i = 0; i < THREADS; i++) await started(new Worker('setInterval(() => {}, 1e6)', options));
    return `${THREADS} threads`;
  },
  killProcess({ pid }) {
    process.kill(pid, 'SIGKILL');
    return `killed ${pid}`;
  },

  allocateArrays() {
    const all = [];
    for (let mib = 0; mib < 4096; mib += 64) all.push(new Uint8Array(64 * MIB).fill(1));
    return `${all.length} arrays`;
  },
  /** Anonymous shared pages do not count towards any limit on data. */
  shareMemory({ addons }) {
    const { address, fill } = mapShared(addons, 4096 * MIB);
    for (let at = 0; at < 4096 * MIB; at += 64 * MIB) fill(address + BigInt(at), 1, 64 * MIB);
    return '4 GiB';
  },
  runForEver() {
    for (;;);
  },

  /** The error number of each call, made with harmless arguments. */
  callKernel({ addons, numbers }) {
    const koffi = createRequire(addons)('koffi');
    const syscall = koffi.load('libc.so.6').func('long syscall(long, long, long, long, long, long)');
    return JSON.stringify(numbers.map((number) => (syscall(number, -1, 0, 0, 0, 0) < 0 ? koffi.errno() : 0)));
  },
};

function mapShared(addons, bytes) {
  const libc = createRequire(addons)('koffi').load('libc.so.6');
  const [READ_WRITE, SHARED_ANONYMOUS] = [3, 0x21];
  const map = libc.func('int64_t mmap(int64_t, size_t, int, int, int, int64_t)');
  return {
    address: BigInt(map(0, bytes, READ_WRITE, SHARED_ANONYMOUS, -1, 0)),
    fill: libc.func('int64_t memset(int64_t, int, size_t)'),
  };
}

const started = (worker) =>
  new Promise((resolve, reject) => {
    worker.once('online', resolve);
    worker.once('error', reject);
  });

const [, , name, given] = process.argv;
try {
  console.log(`DONE ${await programs[name](JSON.parse(given))}`);
} catch (error) {
  console.log(`STOPPED ${error.code ?? error.name}: ${error.message}`);
}
process.exit();
