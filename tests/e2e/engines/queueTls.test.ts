import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, runGrade, startGrade } from '../support/runGrade.ts';
import { RedisServer, type TlsKeys, whyNoRedis } from './redis.ts';
import { smallClass } from './smallClass.ts';
import { classArguments, finish, kill, ownTemporary, workerArguments } from './workers.ts';

const why =
  whyNoRedis() ?? (spawnSync('openssl', ['version']).status === 0 ? undefined : 'no openssl to make certificates with');
if (why !== undefined) console.warn(`TLS to Redis is not tested: ${why}`);
const withTls = why === undefined ? test : test.skip;

/** An authority of the test's own, and a certificate for this machine that it signed. */
function keysIn(folder: string): TlsKeys {
  const [authority, certificate] = [join(folder, 'authority.pem'), join(folder, 'server.pem')];
  const [authorityKey, key] = [join(folder, 'authority.key'), join(folder, 'server.key')];
  const make = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...args]);
    if (status !== 0) throw new Error(stderr.toString());
  };
  const ecdsa = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  make(...ecdsa, '-subj', '/CN=a university', '-keyout', authorityKey, '-out', authority);
  const signed = ['-CA', authority, '-CAkey', authorityKey, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE'];
  make(...ecdsa, '-subj', '/CN=queue', ...signed, ...leaf, '-keyout', key, '-out', certificate);
  return { authority, certificate, key };
}

withTls('TLS with a private authority and a password: a class is graded, and others are refused', () =>
  inFolder(smallClass(1), async (folder) => {
    const keys = keysIn(folder);
    const server = await RedisServer.start(['--appendonly', 'yes', '--requirepass', 'secret'], keys);
    const url = `rediss://127.0.0.1:${server.port}`;
    const own = ownTemporary(folder);
    const trusted = { ...own, NODE_EXTRA_CA_CERTS: keys.authority };
    const allowed = { ...trusted, IM2GRADE_REDIS_PASSWORD: 'secret' };
    const worker = startGrade(workerArguments(url), folder, allowed);
    const collector = startGrade(classArguments(url, 'course/class'), folder, allowed);
    try {
      const run = await collector.ended;
      expect(run).toMatchObject({ code: 0 });
      expect(run.stderr).not.toContain('secret');
      expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(1);
      const refused: [string, Record<string, string>, string][] = [
        [url, { ...own, IM2GRADE_REDIS_PASSWORD: 'secret' }, 'no trusted connection'],
        [url, { ...trusted, IM2GRADE_REDIS_PASSWORD: 'guess' }, 'the server refuses the password'],
        [url, trusted, 'the server refuses the password'],
        [url.replace('rediss', 'redis'), allowed, 'the server ends the connection; rediss:// is for a server with TLS'],
      ];
      for (const [address, env, line] of refused) {
        const { code, stderr } = await runGrade(['workers', '--engine', address], folder, env);
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(line) as unknown });
        expect(stderr.trim().split('\n')).toHaveLength(1);
      }
      expect(await finish(worker)).toMatchObject({ code: 0 });
    } finally {
      await Promise.all([kill(worker), kill(collector)]);
      await server.stop();
    }
  }),
);
