import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { bundleSubmission } from '../../../grader/compile/bundleSubmission.ts';
import { checkTypes } from '../../../grader/compile/checkTypes.ts';
import { importRefusal, readForeignImports } from '../../../grader/compile/readForeignImports.ts';
import { findToolchain, type Toolchain } from '../../../grader/compile/findToolchain.ts';
import { findSandbox, reducedSandbox } from '../../../grader/isolation/findSandbox.ts';
import { mergeFiles, type Workspace } from '../../../grader/compile/mergeFiles.ts';
import type { Assignment } from '../../../grader/model/assignment.ts';
import { EXIT, UngradableError } from '../../../grader/model/errors.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { renderHtml } from '../../../grader/report/html/renderHtml.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

/** Occurs in files outside the workspace, and must not appear in any output. */
const CANARY = 'canary4711';
const ATTACKED = 'src/Im2MatLayer.ts';

const assignment = assignmentOf('conv2d-gemm');
const reference = deliverablesIn(assignment, assignment.folders.reference);
const sandbox = await findSandbox(ROOT);
const reduced = reducedSandbox(ROOT);

/** A folder next to the compilers' working folder, readable for all. */
const outside = mkdtempSync(join(tmpdir(), 'im2grade-outside-'));
/** Its path relative to a deliverable. */
const THERE = `../../${basename(outside)}`;

beforeAll(() => {
  chmodSync(outside, 0o755);
  const files = {
    'secret.ts': `export const secret = '${CANARY}' as const; export class Secret { ${CANARY} = 1; }`,
    'global.d.ts': `declare const outsideGlobal: '${CANARY}';`,
    'broken.ts': `root ${CANARY} x:0:0`,
    'secret.json': `{ "${CANARY}": { "inner": "${CANARY}" } }`,
    'secret.txt': CANARY,
    'secret.js': `exports.secret = '${CANARY}';`,
    'own.js.map': `{ "version": 3, "sources": ["${CANARY}"], "mappings": "" }`,
    'package.json': `{ "name": "outside", "main": "secret.js", "imports": { "#secret": "./secret.ts" } }`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(outside, name), text);
  symlinkSync(join(outside, 'secret.ts'), join(outside, 'link.ts'));
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

const workspaceWith = (source: string) =>
  mergeFiles(assignment, new Map([...reference, [ATTACKED, `${source}\n${reference.get(ATTACKED)}`]]));

/** A workspace in which each of the sources is a deliverable, so that one run of a compiler reads them all. */
function together(sources: readonly string[]): { readonly all: Assignment; readonly workspace: Workspace } {
  const files = sources.map((source, i) => [`src/source${i}.ts`, source] as const);
  const deliverables = files.map(([path]) => ({ ...assignment.deliverables[0], path, exports: [] }));
  const all = { ...assignment, deliverables: [...assignment.deliverables, ...deliverables] };
  const imports = files.map(([path]) => `import './${basename(path)}';\n`).join('');
  const attacked = [ATTACKED, imports + reference.get(ATTACKED)] as const;
  return { all, workspace: mergeFiles(all, new Map([...reference, ...files, attacked])) };
}

/** The message with which each source would be refused: the check of imports comes before every compiler. */
async function refusalsOf(toolchain: Toolchain, sources: readonly string[]): Promise<string[]> {
  const { all, workspace } = together(sources);
  const found = await readForeignImports(toolchain, all, workspace);
  return sources.map((_, i) => {
    const foreign = found.find(({ path }) => path === `src/source${i}.ts`);
    return foreign ? importRefusal(foreign, assignment) : 'nothing is refused';
  });
}

const FOREIGN_REFUSED =
  /^src\/\w+\.ts:1:\d+: import of ".*" is not allowed; a deliverable may import @im2grade\/nn and /u;
const COMPUTED_REFUSED =
  /^src\/\w+\.ts:1:\d+: import of a computed name \(".*"\) is not allowed; write the whole name/u;

const IMPORTS = [
  `import '${THERE}/secret.ts';`,
  `import '${join(outside, 'secret.ts')}';`,
  `import 'file://${outside}/secret.ts';`,
  `import '${THERE}/link.ts';`,
  `import '${THERE}/broken.ts';`,
  `import '${THERE}';`,
  `import text from '${THERE}/secret.txt' with { type: 'text' }; export { text };`,
  `import data from '${THERE}/secret.json' with { type: 'json' }; export { data };`,
  `import file from '${THERE}/secret.ts' with { type: 'file' }; export { file };`,
  `import bytes from '${THERE}/secret.ts' with { type: 'bytes' }; export { bytes };`,
  `export * from '${THERE}/secret.ts';`,
  `export { secret } from '${THERE}/secret.ts';`,
  `import stolen = require('${THERE}/secret.ts'); export { stolen };`,
  `export const stolen = import('${THERE}/secret.ts');`,
  `export const stolen = import(\`${THERE}/secret.ts\`);`,
  `export const stolen = import('${THERE}/' + 'secret.ts');`,
  `export const stolen = import(Math.random() > 2 ? './classify.ts' : '${THERE}/secret.ts');`,
  `declare const require: any; export const stolen = require('${THERE}/secret.ts');`,
  `declare const require: any; export const stolen = require.resolve('${THERE}/secret.ts');`,
  `declare const require: any; try { require('${THERE}/secret.js'); } catch {}`,
  `import './classify.ts?raw';`,
  `import './Classify.ts';`,
  `import '../bundle.js';`,
  `import '../tsconfig.json';`,
  `import '#secret';`,
  `import 'zod';`,
  `import '@im2grade/engine';`,
  `import '@im2grade/engine/run';`,
  `import '@im2grade/fastconv';`,
  `import { LinearLayer } from '@im2grade/nn/networks'; export { LinearLayer };`,
  `import 'data:text/javascript,export default 1';`,
];

const COMPUTED = [
  `declare const require: any; export const stolen = require(\`${THERE}/\${['secret'].join('')}.ts\`);`,
  `declare const require: any; export const stolen = require('${THERE}/' + ['secret'].join('') + '.json');`,
  `declare const require: any; export const stolen = require!(\`${THERE}/\${['secret'].join('')}.ts\`);`,
  `declare const require: any; export const stolen = (require as any)(\`${THERE}/\${['secret'].join('')}.ts\`);`,
  `declare const require: any; export const stolen = require?.(\`${THERE}/\${['secret'].join('')}.ts\`);`,
  `declare const require: any; function own(require: any) {} export const stolen = require(\`${THERE}/\${'secret'.trim()}.ts\`);`,
  `export const stolen = import(\`${THERE}/\${['secret'].join('')}.ts\`);`,
  `export const stolen = import('${THERE}/' + ['broken'].join('') + '.ts');`,
  `export const stolen = import(\`./\${'..'.trim()}/\${'..'.trim()}/secret.ts\`);`,
];

const TYPES = [
  `import type { Secret } from '${THERE}/secret.ts'; export const leak: never = null! as Secret;`,
  `import { type Secret } from '${THERE}/secret.ts'; export const leak: never = null! as Secret;`,
  `import type Stolen = require('${THERE}/secret.ts'); export const leak: never = null! as typeof Stolen;`,
  `export type { Secret } from '${THERE}/secret.ts';`,
  `export type * from '${THERE}/secret.ts';`,
  `export const leak: never = null! as typeof import('${THERE}/secret.ts').secret;`,
  `export const leak: { x: 1 } = null! as import('${THERE}/secret.ts').Secret;`,
  `export const leak: { x: 1 } = null! as import('${join(outside, 'secret.ts')}').Secret;`,
  `export const leak: 1 = null! as keyof typeof import('${THERE}/secret.json');`,
  `export class Leak<T extends import('${THERE}/secret.ts').Secret> { x: 1 = null! as keyof T; }`,
  `import type { ZodType } from 'zod'; export const leak: never = null! as ZodType;`,
  `export const leak: never = null! as import('node:fs').Stats;`,
  `export const leak: never = null! as import('@im2grade/engine/run').ThreadTeam;`,
];

/** Given files that import what no deliverable may import. */
const GIVEN_FOR_OTHERS = [
  `import { createNetwork } from './network.ts'; export { createNetwork };`,
  `export * from './network.js';`,
  `export const later = () => import('./network.ts');`,
  `import { entry } from './entry.ts'; export const networkForward = () => entry['networkForward'];`,
];
const REFUSED_AS_GIVEN =
  /^src\/Im2MatLayer\.ts: import of "[^"]+" is not allowed(?:, because that file imports "@im2grade\/nn\/networks"|; the grader calls)/u;

/** Names that no compiler follows: they have no effect. */
const NOT_FOLLOWED = [
  `/// <reference path="${THERE}/global.d.ts" />\nexport const leak = (): never => outsideGlobal;`,
  `/// <reference path="${join(outside, 'global.d.ts')}" />\nexport const leak = (): never => outsideGlobal;`,
  `/// <reference types="${THERE}/global.d.ts" />\nexport const leak = (): never => outsideGlobal;`,
  `/// <reference types="node" />\nexport const leak = (): never => process;`,
  `/// <reference lib="dom" />\nexport const leak = (): never => document;`,
  `/** @jsxImportSource ${outside} */\n/** @jsxRuntime automatic */`,
  `// @ts-nocheck\n// @ts-ignore ${THERE}/secret.ts`,
  `//# sourceMappingURL=${THERE}/own.js.map`,
  `declare module '${THERE}/secret.ts' { interface Secret { more: 1 } }`,
  `export const address = typeof URL === 'undefined' ? 0 : new URL('${THERE}/secret.ts', import.meta.url);`,
  `const name = ['${THERE}', 'secret.ts'].join('/'); export const stolen = import(name).catch(() => 0);`,
];

const HONEST = [
  `import type { Geometry as G } from '@im2grade/nn'; export type { G };`,
  `import { type Geometry as G, Layer as L } from '@im2grade/nn'; export { type G, L };`,
  `export type { Geometry } from '@im2grade/nn'; export * as nn from '@im2grade/nn';`,
  `import * as nn from '@im2grade/nn'; export const gemm = nn.gemm;`,
  `export type G = import('@im2grade/nn').Geometry; export type N = typeof import('@im2grade/nn');`,
  `import './classify'; import './classify.js'; import { tuned } from '../src/classify.ts'; void tuned;`,
  `import { DIGIT } from './baseline.ts'; import type { createNetwork } from './network.ts'; export { DIGIT, type createNetwork };`,
  `export const later = () => import('./classify.ts');`,
  `// require(\`../\${x}\`) and import('../x')\nexport const words = "require('../x')" + \`import("../\${'x'.trim()}")\`;`,
  `function require(name: string): string { return name; } export const own = require(\`../\${'x'.trim()}\`);`,
  `class Own { require(name: string): string { return name; } } export const own = new Own().require('../../' + 'x'.trim());`,
  `export const call = (require: (name: string) => string): string => require('../../' + 'x'.trim());`,
  `declare const require: unknown; export const inNode = typeof require === 'function';`,
  `export enum Kind { Same, Full } export abstract class Base { abstract run(): void; }`,
  `export const first = <T,>(values: readonly T[]): T => values[0]!; export const n = first<number>([1]);`,
  `declare module '*.bin' { const bytes: Uint8Array; export default bytes; }`,
];

/** Too long for the parser, but not for a bundler. */
const TOO_DEEP = `export const long = ${"'x' + ".repeat(6000)}'x';\n`;

const tiers = [
  ['strict', sandbox],
  ['reduced', reduced],
] as const;

describe.each(tiers)('in the %s tier no other file is seen:', (tier, where) => {
  const here = where.tier === tier ? test : test.skip;
  const toolchain = findToolchain(ROOT, where);

  /** The message with which a workspace is refused; empty if it is bundled. */
  async function refusalOf(workspace: Workspace, of = assignment): Promise<string> {
    try {
      const bundle = await bundleSubmission(toolchain, of, workspace);
      expect(Buffer.from(bundle).toString('utf8')).not.toContain(CANARY);
      return '';
    } catch (error) {
      if (!(error instanceof UngradableError)) throw error;
      expect(error.message).not.toContain(CANARY);
      expect(error.message).not.toMatch(/\n/u);
      return error.message;
    }
  }

  const refused = [...IMPORTS, ...TYPES, ...COMPUTED];
  let refusals: Promise<string[]> | undefined;

  here.each(refused.map((source, i) => [source, i] as const))('%s', async (source, i) => {
    const message = (await (refusals ??= refusalsOf(toolchain, refused)))[i];
    expect(message).toMatch(COMPUTED.includes(source) ? COMPUTED_REFUSED : FOREIGN_REFUSED);
    expect(message).not.toMatch(new RegExp(`${CANARY}|\n`, 'u'));
  });

  here.each([IMPORTS[0], TYPES[0]])('the whole submission is refused for it: %s', async (source) => {
    expect(await refusalOf(workspaceWith(source))).toMatch(FOREIGN_REFUSED);
  });

  here.each(GIVEN_FOR_OTHERS)('a given file that imports more than a deliverable may: %s', async (source) => {
    for (const text of [source, TOO_DEEP + source])
      expect(await refusalOf(workspaceWith(text))).toMatch(REFUSED_AS_GIVEN);
  });

  here('no bundler follows a name that is not an import', async () => {
    const { all, workspace } = together(NOT_FOLLOWED);
    expect(await refusalOf(workspace, all)).toBe('');
  });

  here.each([IMPORTS[0], IMPORTS[4], IMPORTS.at(-2)!, COMPUTED[0], COMPUTED[1], COMPUTED[6], COMPUTED[7]])(
    'after a source that the parser gives up: %s',
    async (source) => {
      expect(await refusalOf(workspaceWith(TOO_DEEP + source))).toMatch(/is not allowed|a file that is not theirs/u);
    },
  );

  here('the type checker reads none, whatever the sources name', async () => {
    for (const sources of [TYPES, NOT_FOLLOWED]) {
      const all = sources.map((source, i) => source.replaceAll('leak', `leak${i}`).replaceAll('stolen', `stolen${i}`));
      const warnings = await checkTypes(toolchain, assignment, workspaceWith(all.sort().reverse().join('\n')));
      expect(JSON.stringify(warnings)).not.toContain(CANARY);
      expect(JSON.stringify(warnings)).not.toContain(ROOT);
      expect(warnings.some(({ message }) => /^types were not checked/u.test(message))).toBe(false);
    }
    for (const source of [NOT_FOLLOWED[0], NOT_FOLLOWED[3]]) {
      const said = (await checkTypes(toolchain, assignment, workspaceWith(source))).map(({ message }) => message);
      expect(said.join()).toMatch(/Cannot find name/u);
    }
  });

  here('a report quotes none', async () => {
    const files = new Map([...reference, [ATTACKED, `${NOT_FOLLOWED[0]}\n${reference.get(ATTACKED)}`]]);
    const report = await gradeFiles(assignment, 'outside', files, ['im2mat.definition'], 1, where);
    expect(report.outcomes.map(({ status }) => status)).toEqual(['passed']);
    expect(report.warnings.length).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain(CANARY);
    expect(await renderHtml(report)).not.toContain(CANARY);
  });

  here('settings and packages in the parent folders are not used', async () => {
    const surroundings = {
      'tmp/package.json': `{ "imports": { "#secret": "./secret.ts" }, "sideEffects": false }`,
      'tmp/tsconfig.json': `{ "compilerOptions": { "paths": { "*": ["./*"] }, "types": ["secret"] } }`,
      'tmp/secret.ts': `export const secret = '${CANARY}';`,
      'tmp/node_modules/secret/index.js': `export const secret = '${CANARY}';`,
      'tmp/node_modules/secret/index.d.ts': `export declare const secret: '${CANARY}';`,
    };
    for (const name of ['#secret', 'secret', 'secret.ts', '../../secret.ts']) {
      const hostile = `export const leak: never = null! as typeof import('${name}');\n${reference.get(ATTACKED)}`;
      const submission = Object.fromEntries(
        [...reference, [ATTACKED, hostile]].map(([path, text]) => [`in/${path}`, text]),
      );
      await inFolder({ ...surroundings, ...submission }, async (folder) => {
        chmodSync(folder, 0o755);
        for (const each of ['tmp/node_modules/secret', 'tmp/node_modules', 'tmp']) chmodSync(join(folder, each), 0o755);
        const args = ['in', '--assignment', 'conv2d-gemm', '--only', 'im2mat.definition', '--isolation', tier];
        const { code, stdout, stderr } = await runGrade([...args, '--json'], folder, { TMPDIR: join(folder, 'tmp') });
        expect(code).toBe(EXIT.graded);
        const { outcomes } = ScoreReport.parse(JSON.parse(stdout));
        expect(outcomes.map(({ status, earned }) => ({ status, earned }))).toEqual([
          { status: 'not-attempted', earned: 0 },
        ]);
        expect(outcomes[0].reason).toMatch(/^src\/Im2MatLayer\.ts:1:\d+: import of "[^"]*" is not allowed/u);
        expect(stdout + stderr).not.toContain(CANARY);
      });
    }
  });
});

describe.each(tiers)('in the %s tier honest code is accepted:', (tier, where) => {
  const here = where.tier === tier ? test : test.skip;
  const toolchain = findToolchain(ROOT, where);

  here('whatever it looks like', async () => {
    const { all, workspace } = together(HONEST);
    expect((await bundleSubmission(toolchain, all, workspace)).length).toBeGreaterThan(0);
  });

  here.each(assignmentIds(ROOT))('the reference of %s, and without a warning', async (id) => {
    const other = assignmentOf(id);
    const workspace = mergeFiles(other, deliverablesIn(other, other.folders.reference));
    expect((await bundleSubmission(toolchain, other, workspace)).length).toBeGreaterThan(0);
    expect(await checkTypes(toolchain, other, workspace)).toEqual([]);
  });
});
