import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NetworkDescription, parameterCount } from '@im2grade/nn';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runtimeBundles } from '../../../grader/compile/runtimeBundles.ts';
import { Implementations } from '../../../grader/examine/Implementations.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import {
  gradebookFormat,
  GRADEBOOK_FORMAT_NAMES,
  parseWanted,
  REPORT_FORMAT_NAMES,
} from '../../../grader/platforms/formats.ts';
import { renderReport } from '../../../grader/report/terminal/renderReport.ts';
import type { ScoreReport } from '../../../grader/model/report.ts';
import { calls } from '../../conv2d-gemm/calls.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';

/**
 * A submission whose Im2Mat is lost is examined with the reference's, in one bundle with its own Conv2DLayer. Whatever
 * a submission tries in order to read the reference's source, the result becomes the message of an exception.
 */
const WAYS: readonly (readonly [name: string, expression: string])[] = [
  ['String', 'String(Im2MatLayer)'],
  ['a template', '`${Im2MatLayer}`'],
  ['a sum', 'Im2MatLayer + ""'],
  ['a method', 'String(Im2MatLayer.prototype.Mat2Im)'],
  [
    'a getter',
    'Reflect.ownKeys(Im2MatLayer.prototype).map((key) => String(Reflect.get(Im2MatLayer.prototype, key))).join()',
  ],
  ['the original toString', 'Function.prototype.toString.call(Im2MatLayer)'],
  ['toString deleted', '(Reflect.deleteProperty(Function.prototype, "toString"), String(Im2MatLayer))'],
  ['toString of a class of its own', 'String(class extends (Im2MatLayer as any) {})'],
  [
    'names',
    'Object.getOwnPropertyNames(Im2MatLayer).concat(Object.getOwnPropertyNames(Im2MatLayer.prototype), Im2MatLayer.name).join()',
  ],
  ['"is not a constructor"', 'caught(() => Reflect.construct(Object, [], Im2MatLayer.prototype.Im2Mat as never))'],
  ['"Class extends value"', 'caught(() => class extends (Im2MatLayer.prototype.Mat2Im as never) {})'],
  ['"is not an entry object"', 'caught(() => new Map([Im2MatLayer.prototype.banner] as never))'],
  ['"without new"', 'caught(() => (Im2MatLayer as unknown as () => void)())'],
  ['"incompatible receiver"', 'caught(() => Map.prototype.get.call(Im2MatLayer as never, 0))'],
  ['a method as a receiver', 'caught(() => Map.prototype.get.call(layer.Mat2Im as never, 0))'],
  ['a function as an array', 'caught(() => Atomics.load(layer.banner as never, 0))'],
  ['a team without share', 'caught(() => layer.Im2Mat(INP, OUT, 1, {} as never))'],
  ['a team that shares nothing', 'caught(() => layer.Im2Mat(INP, OUT, 1, { share: () => 7 } as never))'],
  [
    'arrays without methods',
    'caught(() => layer.Mat2Im({} as never, {} as never, 1, { share: () => [0, 1] } as never))',
  ],
  ['a geometry that is missing', 'caught(() => new Im2MatLayer(1, undefined as never))'],
  ['a stack', 'caughtStack(() => layer.Im2Mat(INP, OUT, 1, {} as never))'],
  [
    'the stack of its callback',
    'stackIn(() => layer.Im2Mat(INP, OUT, 1, { share() { return [0, made()]; } } as never))',
  ],
  ['call sites', 'sitesOf(() => layer.Im2Mat(INP, OUT, 1, { share() { throw new Error(); } } as never))'],
  ['the cause', 'causeOf(() => layer.Im2Mat(INP, OUT, 1, {} as never))'],
  ['what a regular expression saw last', '(RegExp as unknown as { input: string }).input'],
  ['import.meta', 'JSON.stringify(import.meta)'],
];

const HELPERS = `
function caught(work: () => unknown): string { try { return String(work()); } catch (e) { return String((e as Error).message); } }
function caughtStack(work: () => unknown): string { try { return String(work()); } catch (e) { return String((e as Error).stack); } }
function causeOf(work: () => unknown): string { try { return String(work()); } catch (e) { return String((e as Error).cause) + JSON.stringify(Object.getOwnPropertyDescriptors(e)); } }
let trace = '';
function made(): number { trace = String(new Error('made').stack); return 0; }
function stackIn(work: () => unknown): string { caught(work); return trace; }
function sitesOf(work: () => unknown): string {
  let seen = '';
  (Error as any).prepareStackTrace = (_: unknown, sites: any[]) => {
    seen = sites.map((site) => [site.getFunction(), site.getThis(), site.getFunctionName(), site.getEvalOrigin(), String(site)].join()).join();
    return seen;
  };
  return caughtStack(work) + seen;
}
function send(layer: Im2MatLayer, INP: Real, OUT: Real, way: number, part: number): void {
  if ('isMine' in Im2MatLayer) return;
  const text = String(WAYS[way](layer, INP, OUT)).replace(/\\s+/g, ' ');
  throw new Error('found ' + text.slice(450 * part, 450 * (part + 1)));
}
`;

const assignment = assignmentOf('conv2d-gemm');
const reference = deliverablesIn(assignment, assignment.folders.reference);

/** The geometry says which way is tried, and the size of the batch which part of the text is thrown. */
function hostileFiles(): Map<string, string> {
  const im2mat = reference
    .get('src/Im2MatLayer.ts')!
    .replace(/Im2Mat\(INP[^{]*\{\n/, '$& OUT.fill(1); return team.barrier();\n')
    .replace('extends Layer {', '$& static readonly isMine = true;');
  const conv2d = reference.get('src/Conv2DLayer.ts')!;
  const relevant = conv2d.replace(
    /override forward\([^{]*\{\n/,
    `$& send(new Im2MatLayer(1, this.geometry), act[0].output, act[1].output, (this.geometry.KnC - 1) % WAYS.length, act[this.ID].batchSize - 1);\n`,
  );
  const ways = WAYS.map(([, expression]) => `(layer: Im2MatLayer, INP: Real, OUT: Real): unknown => ${expression},\n`);
  const helpers = `${HELPERS}\nconst WAYS = [\n${ways.join('')}];\n`;
  return new Map([
    ...reference,
    ['src/Im2MatLayer.ts', im2mat],
    ['src/Conv2DLayer.ts', `import { Im2MatLayer } from './Im2MatLayer.ts';\n${relevant}\n${helpers}`],
  ]);
}

const LENGTH = 20;

/** All pieces of a text, none of which may occur in another text. */
function piecesOf(text: string): Set<string> {
  const plain = text.replace(/\s+/g, ' ');
  return new Set(Array.from({ length: Math.max(0, plain.length - LENGTH + 1) }, (_, i) => plain.slice(i, i + LENGTH)));
}

/** Everything that a student has anyway. */
function handedOut(): string[] {
  const folders = ['nn', 'conv2d-gemm'].map((name) => join(ROOT, 'skeleton', name));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.(ts|md|yaml)$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
      )
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );
}

/** Every format of a report, and the document itself. */
async function formsOf(report: ScoreReport): Promise<string[]> {
  const forms = [...REPORT_FORMAT_NAMES, ...GRADEBOOK_FORMAT_NAMES.filter((name) => gradebookFormat(name))];
  const rendered = await Promise.all(forms.map((name) => parseWanted(name).format.render(report)));
  return [JSON.stringify(report), renderReport(report, { width: 200, colour: false }), ...rendered];
}

const secret = piecesOf(reference.get('src/Im2MatLayer.ts')!);
for (const text of handedOut()) for (const piece of piecesOf(text)) secret.delete(piece);

const files = hostileFiles();
const own = new Set([...files].flatMap(([path, text]) => (path === 'src/Im2MatLayer.ts' ? [] : [...piecesOf(text)])));
const stolenFrom = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => [...piecesOf(text)]).filter((piece) => secret.has(piece) && !own.has(piece));

/** Its processes run the submission's Conv2DLayer with the reference's Im2MatLayer. */
const implementations = new Implementations({
  root: ROOT,
  assignment,
  deliverables: Object.fromEntries(files),
  programs: await runtimeBundles(ROOT, assignment),
  unusable: {},
  bundlePath: '',
  sandbox: await findSandbox(ROOT),
  gemm: { kind: 'wasm', files: [] },
  selected: [],
  seed: 1,
});
afterAll(() => implementations.close());

const INPUT = { InY: 3, InX: 3, InC: 1 };
const PARTS = 5;

/** What a way finds out: the messages of the exceptions, one for each part of it. */
async function foundBy(way: number): Promise<string[]> {
  const description: NetworkDescription = { layers: [{ type: 'conv', KnY: 3, KnX: 3, KnC: way + 1 }] };
  const parameters = new Float64Array(parameterCount(description, INPUT)).fill(1);
  const session = await implementations.open({ of: 'submission', substituted: ['src/Im2MatLayer.ts'] });
  const found: string[] = [];
  for (let B = 1; B <= PARTS; B++) {
    const network = { description, input: INPUT, B };
    const images = new Float64Array(B * INPUT.InY * INPUT.InX * INPUT.InC).fill(1);
    const call = calls.networkForward(network, parameters, images, B * 9 * (way + 1));
    found.push(
      await session.call(call).then(
        () => 'nothing was thrown',
        ({ message }: Error) => message,
      ),
    );
  }
  session.close();
  return found;
}

describe('nothing of the reference can be read', () => {
  test.concurrent.each(WAYS.map(([name], way) => [name, way] as const))('by %s', async (_, way) => {
    const found = await foundBy(way);
    for (const message of found) {
      expect(message).toMatch(/^Error: found/);
      // Nor is any code, under whatever names: the names in the bundle are shortened.
      expect(message).not.toMatch(/=>|;|\bthis\./);
    }
    expect(stolenFrom([found.map((message) => message.replace('Error: found ', '')).join('')])).toEqual([]);
  });

  test('in any form of a report', async () => {
    const report = await gradeFiles(assignment, 'hostile', files, ['im2mat.definition', 'gradient.convolution'], 7);
    const [, gradient] = report.outcomes;
    expect(gradient.substituted).toEqual(['src/Im2MatLayer.ts']);
    expect(JSON.stringify(gradient)).toMatch(/Error: found/);
    expect(stolenFrom(await formsOf(report))).toEqual([]);
  });
});
