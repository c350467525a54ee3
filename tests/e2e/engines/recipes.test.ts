import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { openRedis } from '../../../grader/engines/redis/openRedis.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { runGrade } from '../support/runGrade.ts';
import { RedisServer, whyNoRedis } from './redis.ts';

const guide = readFileSync(join(ROOT, 'docs/scale.md'), 'utf8');
const [composeFile, manifest] = [...guide.matchAll(/^```yaml\n([^]*?)^```$/gmu)].map(([, text]) => text);

const Compose = z.object({ services: z.record(z.string(), z.object({ command: z.string() })) });
const Workload = z.object({
  spec: z.object({
    template: z.object({ spec: z.object({ containers: z.array(z.object({ args: z.array(z.string()) })) }) }),
  }),
});

/** The commands that the recipes start, as words. */
const commands = [
  ...Object.values(Compose.parse(parse(composeFile)).services).map(({ command }) => command.split(' ')),
  ...parseAllDocuments(manifest)
    .flatMap((document) => Workload.safeParse(document.toJS()).data ?? [])
    .flatMap(({ spec }) => spec.template.spec.containers.map(({ args }) => args)),
];
const of = (program: string) =>
  commands.flatMap((words) => (words.includes(program) ? [words.slice(words.indexOf(program) + 1)] : []));

test('the recipes start servers, workers and a collector', () => {
  const started = of('grade').map(([name]) => name);
  expect(started.toSorted()).toEqual(['class', 'worker', 'worker']);
  expect(of('redis-server')).toHaveLength(2);
});

/** The commands of the guide's own examples. */
const examples = [...guide.matchAll(/^ {4}npx grade (.*?)(?: +#.*)?$/gmu)].map(([, text]) => text.split(/ +/u));

test.each([...of('grade'), ...examples].map((words) => [words.join(' '), words] as const))(
  'grade %s has the options that it is given',
  async (_, words) => {
    const name = words.slice(0, words[0] === 'gradebook' ? 2 : 1);
    const { code, stdout } = await runGrade([...name, '--help'], ROOT);
    expect(code).toBe(0);
    for (const option of words.filter((word) => /^--?[a-z]/u.test(word)))
      expect(stdout).toMatch(new RegExp(`^ .*(?<![\\w-])${option}\\b`, 'mu'));
  },
);

const why = whyNoRedis();
if (why !== undefined) console.warn(`The recipes' Redis servers are not tested: ${why}`);
(why === undefined ? test : test.skip).each(of('redis-server').map((words) => [words.slice(0, -2)]))(
  'a server with %j is accepted, and nothing is to be said of it',
  async (settings) => {
    const server = await RedisServer.start(settings);
    const notes: string[] = [];
    try {
      const redis = await openRedis({ url: server.url, note: (line) => notes.push(line) });
      redis.disconnect();
      expect(notes).toEqual([]);
    } finally {
      await server.stop();
    }
  },
);
