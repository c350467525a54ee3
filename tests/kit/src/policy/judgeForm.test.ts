import { describe, expect, test } from '@jest/globals';
import { judgeForm } from './judgeForm.ts';
import { type Calls, scalarForm, vectorForm, withoutLoops } from './rules.ts';

const TENSOR = '@im2grade/tensor';
const scalar = scalarForm({ [TENSOR]: ['zeros', 'offset'] });
const vector = vectorForm({ [TENSOR]: ['matmul', 'maximum', 'slice'], '@im2grade/nn': ['gemm'] });
const IMPORTS = `import { matmul, maximum, slice, assign, zeros, offset, type Tensor } from '${TENSOR}'; `;

/** Judges `f` of one file, whose first line is the imports. */
const judge = (rule: typeof scalar, body: string, others: Record<string, string> = {}) =>
  judgeForm({ 'src/f.ts': `${IMPORTS}\n${body}`, ...others }, [{ file: 'src/f.ts', name: 'f', rule }]);

describe('the scalar form', () => {
  test.each([
    [
      'nested loops',
      'export function f(a: Tensor) { for (let n = 0; n < 3; n++) for (let i = 0; i < 4; i++) z.data[n * 4 + i] = 1; }',
    ],
    ['a while loop', 'export function f(a: Tensor) { let i = 0; while (i < 3) { a.data[i] = 0; i++; } }'],
    [
      'an arrow function',
      'export const f = (a: Tensor) => { for (let i = 0; i < 3; i++) zeros([1]).data[i] = a.data[offset(a, [i])]; };',
    ],
    ['forEach', 'export function f(a: Tensor) { a.data.forEach((value, i) => { z.data[i] = value; }); }'],
    ['for … of', 'export function f(a: Tensor) { let s = 0; for (const value of a.data) s += value; }'],
    [
      'a helper in the same file',
      'const put = (z: Tensor, i: number) => { z.data[i] = 1; }; export function f(z: Tensor) { for (let i = 0; i < 2; i++) put(z, i); }',
    ],
    [
      'a local name that is also an operation',
      'export function f(a: Tensor) { const slice = 3; for (let i = 0; i < slice; i++) a.data[i] = slice; }',
    ],
    [
      'parts of a namespace',
      `import * as t from '${TENSOR}'; const { zeros: none } = t; export function f(a: Tensor) { const { offset } = t; for (let i = 0; i < 3; i++) none([1]).data[i] = a.data[offset(a, [i])]; }`,
    ],
    [
      'a method of an object',
      'const all = { f(a: Tensor) { for (let i = 0; i < 3; i++) a.data[i] = 0; } }; export const { f } = all;',
    ],
    [
      'a function of an object',
      'export const { f } = { f: (a: Tensor) => { for (let i = 0; i < 3; i++) a.data[i] = 0; } } as const;',
    ],
    ['a recursion', 'export function f(a: Tensor, i = 0): void { a.data[i] = 1; if (i > 0) f(a, i - 1); }'],
    [
      'for … of over rows and what is in them',
      'function rowsOf({ data }: Tensor): number[][] { return [Array.from(data.subarray(0, 3)), [...data]]; } export function f(a: Tensor) { const rows = rowsOf(a); let s = 0; for (const row of rows) for (const value of row) s += value; return s; }',
    ],
  ])('%s is accepted', (_, body) => expect(judge(scalar, body)).toMatchObject({ status: 'passed', reason: '' }));

  test.each([
    [
      'an operation on tensors',
      'export function f(a: Tensor) { for (let i = 0; i < 2; i++) a.data[i] = 0; return maximum(a, 0); }',
      'src/f.ts:2: f uses maximum; expected: loops over single elements',
    ],
    [
      'an operation called by a helper',
      'const g = (a: Tensor) => matmul(a, a);\nexport function f(a: Tensor) { return g(a); }',
      'src/f.ts:2: f, by way of g, uses matmul; expected',
    ],
    [
      'a copy of all at once',
      'export function f(a: Tensor) { return { shape: a.shape, data: a.data.slice() }; }',
      'src/f.ts: f has no loop over elements; expected',
    ],
    [
      'a loop over nothing',
      'export function f(a: Tensor) { for (let i = 0; i < 3; i++); return a; }',
      'has no loop over elements',
    ],
    [
      'a namespace under another name',
      `import * as t from '${TENSOR}'; const M = t;\nexport function f(a: Tensor) { const z = M.matmul(a, a); for (let i = 0; i < 3; i++) z.data[i] += 0; return z; }`,
      'f uses matmul',
    ],
    [
      'a namespace under a local name',
      `import * as t from '${TENSOR}'; export function f(a: Tensor) { const M = t; for (let i = 0; i < 3; i++) a.data[i] += 0; return M.matmul(a, a); }`,
      'f uses matmul',
    ],
    [
      'a namespace',
      `import * as t from '${TENSOR}'; export function f(a: Tensor) { return t.matmul(a, a); }`,
      'f uses matmul',
    ],
    ...[
      'const all = { ...t }; export function f(a: Tensor) { all.matmul(a, a);',
      'const { zeros: none, ...all } = t; export function f(a: Tensor) { all.matmul(a, a);',
      'export function f(a: Tensor) { const all = Object.assign({}, t); all.matmul(a, a);',
      "export function f(a: Tensor) { t['mat' + 'mul'](a, a);",
      'export function f(a: Tensor) { const { zeros, ...all } = t; all.matmul(a, a);',
    ].map((start): [string, string, string] => [
      `a namespace as a whole: ${start}`,
      `import * as t from '${TENSOR}'; ${start} for (let i = 0; i < 3; i++) a.data[i] += 0; }`,
      ' uses ',
    ]),
    ['code made of text', "export function f() { return eval('1'); }", 'f turns text into code'],
  ])('%s is rejected', (_, body, reason) => {
    const verdict = judge(scalar, body);
    expect(verdict.status).toBe('failed');
    expect(verdict.reason).toContain(reason);
  });

  test.each([
    ['z.data[i] = a.data[i];', 'const z = zeros(a.shape);', 'passed'],
    ['z.data[i] = a.data[i];', 'const z = tensor(a.shape, a.data.slice());', 'passed'],
    ['z.data[i] = list[i];', 'const list = Array.from(a.data); const z = zeros(a.shape);', 'passed'],
    ['z.data[i] = list.shift()!;', 'const list = [...a.data]; const z = zeros(a.shape);', 'passed'],
    ['z.data[i] += 0;', 'const z = zeros(a.shape); z.data.set(a.data);', 'failed'],
    ['z.data[i] += 0;', 'const z = tensor(a.shape, a.data.slice());', 'failed'],
    ['data[i] += 0;', 'const data = a.data.slice(); const z = { shape: a.shape, data };', 'failed'],
  ])('a function that only copies, with %s after %s: %s', (step, before, status) => {
    const moving = scalarForm({ [TENSOR]: ['zeros', 'tensor'] }, { copies: true });
    const body = `export function f(a: Tensor) { ${before} for (let i = 0; i < 3; i++) ${step} return z; }`;
    expect(judge(moving, body).status).toBe(status);
    expect(judge(scalar, body.replace('tensor(', 'offset(')).status).toBe('passed');
  });

  test('another deliverable is read too', () => {
    const others = { 'src/g.ts': `import { matmul } from '${TENSOR}';\nexport function g(a) { return matmul(a, a); }` };
    expect(judge(scalar, "import { g } from './g.ts'; export const f = (a: Tensor) => g(a);", others).reason).toContain(
      'src/g.ts:2: f, by way of g, uses matmul',
    );
  });
});

describe('the vector form', () => {
  test.each([
    ['one product', 'export const f = (a: Tensor, b: Tensor) => matmul(a, b);'],
    [
      'slices in loops over the kernel',
      'export function f(a: Tensor) { const z = zeros([4]); for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) assign(z, [i * 2 + j], slice(a, [i, j])); return z; }',
    ],
    [
      'an array of tensors',
      'export function f(a: Tensor) { const parts: Tensor[] = []; for (let n = 0; n < a.shape[0]; n++) parts[n] = slice(a, [n]); return parts; }',
    ],
    [
      'a list made by a function',
      'export function f(a: Tensor) { return Array.from({ length: 4 }, (_, n) => slice(a, [n])); }',
    ],
    ...[
      'const seen: Tensor[][] = []; for (let i = 0; i < 2; i++) { seen.push([]); for (let j = 0; j < 2; j++) seen[i].push(slice(a, [i, j])); }',
      'const seen: readonly (readonly Tensor[])[] = all(a);',
      'const seen: Array<Array<Tensor>> = []; for (let i = 0; i < 2; i++) seen[i] = [slice(a, [i]), a];',
      'const seen = Array.from({ length: 2 }, (_, i) => Array.from({ length: 2 }, (_, j) => slice(a, [i, j])));',
      'const seen = [0, 1].map((i) => [slice(a, [i, 0]), slice(a, [i, 1])]);',
      'const seen = all(a);',
    ].map((start): [string, string] => [
      `lists of tensors in a list: ${start}`,
      `const all = (a: Tensor) => [0, 1].map((i) => [0, 1].map((j) => slice(a, [i, j])));\nexport function f(a: Tensor) { ${start} let z = a; for (let i = 0; i < 2; i++) { const row = seen[i]; for (let j = 0; j < 2; j++) z = maximum(seen[i][j], row[j]); } for (const row of seen) for (let j = 0; j < 2; j++) z = maximum(z, row[j]); return z; }`,
    ]),
    [
      'tensors by name',
      "export function f(a: Tensor) { const parts: any = {}; for (const name of ['x', 'y']) parts[name] = slice(a, [name.length]); return maximum(parts.x, parts.y); }",
    ],
    [
      'a record of tensors',
      'export function f(a: Tensor, names: string[]) { const parts: Record<string, Tensor> = {}; for (const name of names) parts[name] = slice(a, [name.length]); return maximum(parts.x, parts.y); }',
    ],
    [
      'a list of rows',
      'export function f(a: Tensor) { const rows: Float64Array[] = []; for (let n = 0; n < 3; n++) rows.push(a.data.subarray(n * 4, n * 4 + 4)); const z = maximum(a, 0); rows.forEach((row, n) => z.data.set(row, n * 4)); return z; }',
    ],
    [
      'sizes by index',
      'export function f(a: Tensor) { const { shape } = a; for (let axis = 0; axis < 2; axis++) slice(a, [shape[axis], a.shape[axis]]); }',
    ],
    [
      'copies of whole rows',
      'export function f(a: Tensor) { const z = maximum(a, 0); for (let n = 0; n < 3; n++) z.data.set(a.data.subarray(n * 4, n * 4 + 4), n * 4); return z; }',
    ],
    [
      'a single element outside of loops',
      'export function f(a: Tensor) { const k = 3; a.data[k] = 0; return slice(a, [0]); }',
    ],
    [
      'an element of a list that a helper returns',
      'function imagesOf(a: Tensor) { return Array.from({ length: a.shape[0] }, (_, n) => slice(a, [n])); }\nexport function f(a: Tensor) { const parts = imagesOf(a); const z = []; for (let n = 0; n < 3; n++) z.push(matmul(parts[n], a)); return z; }',
    ],
    [
      'a namespace under other names',
      `import * as T from '${TENSOR}'; const nt = T; export function f(a: Tensor) { const t = nt; return t.matmul(a, a); }`,
    ],
    [
      'a namespace, destructured',
      `import * as T from '${TENSOR}'; const { matmul: product } = T; export function f(a: Tensor) { return product(a, a); }`,
    ],
    [
      'a table of the file',
      'const CORNERS: readonly (readonly number[])[] = [[0, 0], [0, -1]]; export function f(a: Tensor) { let z = a; for (let k = 0; k < 2; k++) z = maximum(slice(z, [CORNERS[k][0]]), slice(z, [CORNERS[k][k]])); return z; }',
    ],
    [
      'a table of integers',
      'const at = (starts: Int32Array, i: number) => [0, 1].map(() => starts[i]); export function f(a: Tensor) { const starts = Int32Array.from({ length: 4 }, (_, i) => 2 * i); const more = new Uint8Array(4); for (let i = 0; i < 3; i++) slice(a, [starts[i], more[i], ...at(starts, i)]); }',
    ],
    [
      'a field with a list of tensors',
      'class Batch { readonly images: Tensor[] = []; constructor(private readonly rows: readonly Tensor[]) {} at(n: number) { return matmul(this.images[n], this.rows[n]); } get all() { return this.images; } one(n: number) { return this.all[n]; } } export function f(a: Tensor) { const b = new Batch([a]); for (let n = 0; n < 3; n++) b.at(n); return matmul(a, a); }',
    ],
    [
      'a field with positions',
      'class Rows { readonly starts: readonly number[]; constructor(starts: readonly number[]) { this.starts = starts; } each(a: Tensor) { for (const y of this.starts) slice(a, [y]); } } export function f(a: Tensor) { new Rows([0, 1]).each(a); return matmul(a, a); }',
    ],
    [
      'a list under the name of its type',
      'type Images = readonly Tensor[]; function g(images: Images) { for (let n = 0; n < 3; n++) matmul(images[n], images[n]); } export function f(a: Tensor) { g([a]); return matmul(a, a); }',
    ],
    [
      'lists of anything, side by side',
      'function* zip<A, B>(xs: readonly A[], ys: readonly B[]): Generator<[A, B]> { for (let i = 0; i < xs.length; i++) yield [xs[i], ys[i]]; } export function f(a: Tensor) { const some = Array.from({ length: 3 }, (_, n) => n); const all = some.map((n) => slice(a, [n])); for (const [n, one] of zip(some, all)) assign(a, [n], one); return matmul(a, a); }',
    ],
    [
      'an exception for what is not supported',
      'export function f(a: Tensor) { if (a.shape[0] > 9) throw new NotImplementedError("f", "more than nine"); return matmul(a, a); }',
    ],
    [
      'sums over a shape',
      'export function f(a: Tensor) { const [N, ...rest] = a.shape; const size = rest.reduce((x, y) => x * y, N); return matmul(slice(a, [[0, size]]), a); }',
    ],
    [
      'positions in a list',
      'const range = (n: number): number[] => [...Array(n).keys()]; export function f(a: Tensor) { const starts: number[] = Array.from({ length: 4 }, (_, i) => 2 * i); const rows: readonly number[] = range(3); for (let i = 0; i < 3; i++) slice(a, [starts[i], rows[i]]); }',
    ],
    [
      'positions that are passed on',
      'const seen = (a: Tensor, at: readonly number[], size: number[] = []) => slice(a, at.map((first, i) => [first, first + size[i]]));\nexport function f(a: Tensor) { for (let i = 0; i < 3; i++) seen(a, [i, 0], a.shape); }',
    ],
    [
      'ranges over lists',
      'export function f(a: Tensor) { return [0, 1].map((y) => slice(a, [y])).reduce((x, y) => maximum(x, y)); }',
    ],
  ])('%s is accepted', (_, body) => expect(judge(vector, body)).toMatchObject({ status: 'passed', reason: '' }));

  test.each([
    [
      'a loop over elements',
      'export function f(a: Tensor) {\n for (let i = 0; i < 3; i++) a.data[i] = 0; return matmul(a, a); }',
      'src/f.ts:3: f touches single elements in a loop, a.data[i]; expected: operations on whole rows, columns and tensors (matmul, maximum, slice, gemm)',
    ],
    [
      'under another name',
      'export function f(a: Tensor) { const { data: d } = a; for (let i = 0; i < 3; i++) d[i] = 0; return matmul(a, a); }',
      'd[i]',
    ],
    [
      'in a pair',
      'export function f(a: Tensor) { const [from, to] = [a.data, new Float64Array(3)]; for (let i = 0; i < 3; i++) to[i] = from[i]; return matmul(a, a); }',
      'to[i]',
    ],
    [
      'for … of',
      'export function f(a: Tensor) { let s = 0; for (const value of a.data) s += value; return matmul(a, a); }',
      'a.data',
    ],
    [
      'map',
      'export function f(a: Tensor) { const data = a.data.map((v) => Math.max(0, v)); return { shape: a.shape, data }; }',
      'a.data.map(',
    ],
    [
      'a pattern',
      'export function f(a: Tensor) { const z = matmul(a, a); for (let i = 0; i < 3; i++) { const { [i]: value } = a.data; z.data.set([value], i); } return z; }',
      '{ [i]: value }',
    ],
    [
      'numbers as words',
      "export function f(a: Tensor) { const z = matmul(a, a); for (const i of ['0', '1']) z.data[i] = 1; return z; }",
      'z.data[i]',
    ],
    [
      'an element of a row',
      'export function f(a: Tensor, rows: Float64Array[]) { const z = matmul(a, a); for (const row of rows) for (let i = 0; i < 3; i++) row[i] = 0; return z; }',
      'row[i]',
    ],
    [
      'Float64Array.from',
      'export function f(a: Tensor) { return Float64Array.from(a.data, (v) => v); }',
      'Float64Array.from(',
    ],
    [
      'Reflect',
      'export function f(a: Tensor) { for (let i = 0; i < 3; i++) Reflect.set(a.data, i, Reflect.get(a.data, i + 1)); return matmul(a, a); }',
      'Reflect',
    ],
    [
      'a list of numbers that a helper returns',
      'function numbersOf(a: Tensor) { return [...a.data]; }\nexport function f(a: Tensor) { const n = numbersOf(a); for (let i = 0; i < 3; i++) n[i] = 0; return matmul(a, a); }',
      'n[i]',
    ],
    ['an operation that is only named', 'export function f(a: Tensor) { void matmul; return a; }', 'uses none of'],
    [
      'a helper that is called in a loop',
      'function g(a: Tensor, i: number) { a.data[i] = 0; }\nexport function f(a: Tensor) { for (let i = 0; i < 3; i++) g(a, i); return matmul(a, a); }',
      'f, by way of g, touches',
    ],
    [
      'a recursion',
      'export function f(a: Tensor, i: number) { a.data[i] = 0; if (i > 0) f(a, i - 1); return matmul(a, a); }',
      'a.data[i]',
    ],
    [
      'at()',
      'export function f(a: Tensor) { let s = 0; for (let i = 0; i < 3; i++) s += a.data.at(i); return matmul(a, a); }',
      'a.data.at(i)',
    ],
    ...[
      'const xs: number[] = [...a.data];',
      'const xs: number[] = Array.from(a.data);',
      'const xs: number[] = []; xs.push(...a.data);',
      'let xs: number[] = []; xs = [...a.data];',
      'const xs: number[] = [].concat(...a.data);',
      'const xs: number[] = all(a);',
    ].map((start): [string, string, string] => [
      `a list of a tensor's numbers: ${start}`,
      `const all = (t: Tensor): number[] => [...t.data]; export function f(a: Tensor) { ${start} for (let i = 0; i < 3; i++) xs[i] += 1; return matmul(a, a); }`,
      'xs[i]',
    ]),
    [
      "a tensor's numbers that are passed on as a list",
      'const g = (list: number[]) => { for (let i = 0; i < 3; i++) list[i] = 0; };\nexport function f(a: Tensor) { g([1, 2]); g(a.shape); g([...a.data]); return matmul(a, a); }',
      'list[i]',
    ],
    [
      "a tensor's numbers instead of a default",
      'const g = (list: number[] = []) => { for (let i = 0; i < 3; i++) list[i] = 0; };\nexport function f(a: Tensor) { g([...a.data]); return matmul(a, a); }',
      'list[i]',
    ],
    [
      'next',
      'export function f(a: Tensor) { const all = a.data.values(); for (let i = 0; i < 3; i++) all.next(); return matmul(a, a); }',
      'all.next()',
    ],
    [
      'a parameter of numbers',
      'function g(d: Float64Array) { for (let i = 0; i < d.length; i++) d[i] = 0; }\nexport function f(a: Tensor) { g(a.data); return matmul(a, a); }',
      'd[i]',
    ],
    [
      'an object of functions',
      'const tools = { clear(a: Tensor) { for (let i = 0; i < 3; i++) a.data[i] = 0; } };\nexport function f(a: Tensor) { tools.clear(a); return matmul(a, a); }',
      'by way of tools',
    ],
    [
      'an optional index',
      'export function f(a: Tensor) { for (let i = 0; i < 3; i++) void a.data?.[i]; return matmul(a, a); }',
      'a.data?.[i]',
    ],
    ...[
      'const xs = Int32Array.from(a.data);',
      'const xs = new Int32Array(a.data.buffer);',
      'const { buffer } = a.data; const xs = new Int32Array(buffer);',
      'const xs = new Int32Array(3); xs.set(a.data);',
      'const xs = T; T.push(...a.data);',
      'const xs = all(a)[0];',
      'const xs = numbers(a);',
    ].map((start): [string, string, string] => [
      `numbers in what may be a table: ${start}`,
      `const T = [0, 1]; const all = (t: Tensor): number[][] => [[...t.data]]; const numbers = <A>(t: readonly A[]) => t.map((x) => x); export function f(a: Tensor) { ${start} for (let i = 0; i < 3; i++) xs[i] += 1; return matmul(a, a); }`,
      'xs[i]',
    ]),
    [
      'a table of the file that is filled',
      'const T = [0, 1]; export function f(a: Tensor) { T.push(...a.data); for (let i = 0; i < 3; i++) T[i] += 1; return matmul(a, a); }',
      'T[i]',
    ],
    [
      'a field with numbers',
      'class Batch { readonly images: Float64Array; constructor(a: Tensor) { this.images = a.data; } at(n: number) { return this.images[n]; } } export function f(a: Tensor) { const b = new Batch(a); for (let n = 0; n < 3; n++) b.at(n); return matmul(a, a); }',
      'this.images[n]',
    ],
    [
      'a list of numbers that is passed on as a list of anything',
      'function each<A>(xs: readonly A[]) { for (let i = 0; i < xs.length; i++) void xs[i]; } export function f(a: Tensor) { each([...a.data]); return matmul(a, a); }',
      'xs[i]',
    ],
    ...[
      'const xs: number[][] = [[...a.data]];',
      'const xs: any[][] = []; xs.push([...a.data]);',
      'const xs: Tensor[][] = []; xs.push(a.data as any);',
      'const xs: Tensor[][] = []; xs[0] = a.data as any;',
      'const xs = Array.from({ length: 3 }, () => []); for (const x of xs) x.push(); xs[0].push(...a.data);',
      'const xs = [0, 1].map((n) => a.data.subarray(n));',
      'const xs = [0, 1].map((n) => row(a, n));',
      'const xs = rows(a);',
    ].map((start): [string, string, string] => [
      `rows of numbers in a list: ${start}`,
      `const row = (a: Tensor, n: number) => a.data.subarray(n); const rows = (a: Tensor) => [0, 1].map((n) => row(a, n));\nexport function f(a: Tensor) { ${start} for (let i = 0; i < 3; i++) xs[0][i] += 1; return matmul(a, a); }`,
      'xs[0][i]',
    ]),
    ...[
      'const xs = { shape: a.data };',
      'const [xs] = [a].map(({ data }) => ({ shape: data }));',
      'const xs = new S(a.data);',
      'const xs = of(a);',
    ].map((start): [string, string, string] => [
      `numbers that are called a shape: ${start}`,
      `class S { constructor(readonly shape: any) {} } const of = ({ data: shape }: Tensor) => ({ shape });\nexport function f(a: Tensor) { ${start} for (let i = 0; i < 3; i++) xs.shape[i] += 1; return matmul(a, a); }`,
      'xs.shape[i]',
    ]),
    [
      'no operation at all',
      'export function f(a: Tensor) { return a; }',
      'src/f.ts: f uses none of matmul, maximum, slice, gemm',
    ],
  ])('%s is rejected', (_, body, reason) => {
    const verdict = judge(vector, body);
    expect(verdict.status).toBe('failed');
    expect(verdict.reason).toContain(reason);
  });
});

describe('no loops, and a number of calls', () => {
  const LAYERS = '@im2grade/layers';
  const once: Calls = { from: LAYERS, what: 'convolve', times: 1 };
  const head = `import * as N from '${LAYERS}'; import { convolve, Base, Other } from '${LAYERS}'; import { sum, reshape } from '${TENSOR}';`;
  const judgeUp = (members: string, { before = '', rule = withoutLoops(once), extend = 'Base' } = {}) =>
    judgeForm({ 'src/L.ts': `${head}\n${before}\nexport class L extends ${extend} {\n${members}\n}` }, [
      { file: 'src/L.ts', name: 'L.ComputeUp', rule },
    ]);

  test.each([
    ['one call', 'ComputeUp(x: Tensor) { return sum(convolve(x, this.weights, this.padding), [2]); }'],
    [
      'a private method',
      'ComputeUp(x: Tensor) { return this.#all(x); }\n#all(x: Tensor) { return convolve(x, this.#kernels); }\nget #kernels() { return this.weights; }',
    ],
    ['a static method', 'static all(x: Tensor) { return convolve(x, x); }\nComputeUp(x: Tensor) { return L.all(x); }'],
    [
      'constants of the class',
      'static readonly SPACE = [3, 4];\nstatic readonly #AXIS = 2;\nComputeUp(x: Tensor) { const { SPACE } = L; return sum(convolve(x, sum(x, L.SPACE)), [L.#AXIS, ...SPACE]); }',
    ],
    [
      'the name of the class',
      'ComputeUp(x: Tensor) { if (!(this instanceof L)) throw new RangeError(`${L.name}: not a layer`); return convolve(x, x); }\ntoAll() { for (;;); }',
    ],
    [
      'the size of a shape that is taken apart',
      'ComputeUp(x: Tensor) { const { shape: [N, ...plane] } = x; return convolve(reshape(x, [N, plane.reduce((p, q) => p * q)]), x); }',
    ],
    [
      'the size of a shape by a method and by a function inside',
      'ComputeUp(x: Tensor) { const size = (shape: number[]) => shape.reduce((p, q) => p * q, 1); return convolve(reshape(x, [L.volume(x.shape), size(x.shape.slice(1))]), x); }\nstatic volume(shape: readonly number[]) { return shape.reduce((p, q) => p * q, 1); }',
    ],
    [
      'two of a record',
      'ComputeUp(x: Tensor) { const { a, b } = Object.fromEntries(Object.entries({ a: x, b: sum(x, [0]) }).map(([name, each]) => [name, sum(each, [1])])); return convolve(a, b); }',
    ],
    ['a property', 'ComputeUp = (x: Tensor) => convolve(x, this.weights);'],
    [
      'other methods with other calls',
      'ComputeUp(x: Tensor) { return convolve(x, x); }\nComputeDown(x: Tensor) { for (;;) convolve(x, convolve(x, x)); }',
    ],
    [
      'a few results in a list',
      'ComputeUp(x: Tensor) { const [a, b] = [sum(x, [0]), x].map((each) => sum(each, [1])); return convolve(a, b); }',
    ],
    [
      'a few results in a list with a name',
      'ComputeUp(x: Tensor) { const both = [sum(x, [0]), x]; const [a, b] = both.map((each) => sum(each, [1])); return convolve(a, b); }',
    ],
    ['a namespace', 'ComputeUp(x: Tensor) { return N.convolve(x, x); }'],
    ['a decorator', '@plain ComputeUp(x: Tensor) { return convolve(x, x); }'],
    ['a shape', 'ComputeUp(x: Tensor) { return convolve(reshape(x, x.shape.map((size) => size)), x); }'],
    [
      'a shape of its own',
      'ComputeUp(x: Tensor) { const y = { shape: x.shape.slice(1) }; return convolve(reshape(x, y.shape.map((size) => size)), x); }',
    ],
    [
      'a text for messages',
      "ComputeUp(x: Tensor) { return convolve(x, x); }\ntoString() { return `L ${this.weights.shape.join('×')} ${this.weights.shape[0].toString()}`; }",
    ],
    ['a call on each side', 'ComputeUp(x: Tensor) { return this.padding > 0 ? convolve(x, x, 1) : convolve(x, x); }'],
    [
      'a call in each case',
      "ComputeUp(x: Tensor) { let z; switch (this.mode) { case 'a': z = convolve(x, x); break; case 'b': return convolve(x, x, 2); default: z = convolve(x, x, 1); } return z; }",
    ],
    [
      'a call on each side of a return',
      'ComputeUp(x: Tensor) { if (this.padding > 0) return this.one(x); if (x) { return convolve(x, x, 2); } else throw this.one(x); }\none(x: Tensor) { return convolve(x, x); }',
    ],
    [
      'a method that is given a function',
      "ComputeUp(x: Tensor) { return this.checked('ComputeUp', () => convolve(x, x)); }\nchecked<R>(where: string, work: () => R) { try { return work(); } catch (cause) { throw new Error(where, { cause }); } }",
    ],
    [
      'local functions and names that are alike',
      'ComputeUp(x: Tensor) { const row = (t: Tensor) => { const row = reshape(t, [1]); return sum(row, [0]); }; const twice = (how: typeof row, t: Tensor) => how(how(t)); let n = 0; const next = () => n++; n = next(); const total = [x, x].map((t) => sum(t, [n])); sum(total[0], [1]); return convolve(twice(row, x), row(x)); }',
    ],
  ])('%s is accepted', (_, members) => expect(judgeUp(members)).toMatchObject({ status: 'passed', reason: '' }));

  test.each([
    ['another name', { before: 'const conv = convolve;' }, 'ComputeUp(x: Tensor) { return conv(x, x); }'],
    [
      'a method of a class above',
      { before: 'class Above extends Base { all(x: Tensor) { return convolve(x, x); } }', extend: 'Above' },
      'ComputeUp(x: Tensor) { return super.all(x); }',
    ],
    [
      'inherited as a whole',
      { before: 'class Above extends Base { ComputeUp(x: Tensor) { return convolve(x, x); } }', extend: 'Above' },
      '',
    ],
    [
      'a class that names itself',
      {
        before:
          'class P { constructor(tensor: Tensor) { this.tensor = tensor; } get shape() { return this.tensor.shape; } get flipped() { return new P(reshape(this.tensor, this.shape)); } static of(t: Tensor) { return new P(t); } }',
      },
      'ComputeUp(x: Tensor) { return convolve(new P(x).flipped.tensor, P.of(x).tensor); }',
    ],
    [
      'names of functions, a text and a getter',
      {
        before:
          'const forms = new Map<string, unknown>(); const flip = (t: Tensor) => reshape(t, t.shape); class P { constructor(tensor: Tensor) { this.tensor = tensor; } get shape() { return this.tensor.shape; } }',
      },
      "ComputeUp(x: Tensor) { forms.set('flip', flip); const shape = JSON.parse(JSON.stringify(new P(x).shape)); return convolve(reshape(flip(x), shape), x); }",
    ],
    [
      'operations under the names of those that they use',
      {
        before: `import * as T from '${TENSOR}'; const ops = { sum: (t: Tensor) => T.sum(t, [0]), max: (n: number) => Math.max(n, 0) }; class P { constructor(readonly tensor: Tensor) {} reshape(row: Tensor) { return new P(T.reshape(this.tensor, row.shape)); } }`,
      },
      'ComputeUp(x: Tensor) { return convolve(ops.sum(x), new P(x).reshape(x).tensor, ops.max(1)); }',
    ],
    [
      'methods with the names of methods of arrays',
      {
        before:
          'const same = (t: Tensor) => t; class P { constructor(readonly tensor: Tensor) {} static from(t: Tensor, first: (t: Tensor) => Tensor) { return new P(first(t)); } find(how: (t: Tensor) => Tensor) { return how(this.tensor); } }',
      },
      'ComputeUp(x: Tensor) { return convolve(P.from(x, same).tensor, x); }',
    ],
    [
      'a text of a shape beside a getter',
      {},
      'ComputeUp(x: Tensor) { if (x.shape.length < 2) throw new RangeError(JSON.stringify(x.shape)); const all = { get share() { return 1 / x.shape[0]; } }; return convolve(x, x, all.share); }',
    ],
    [
      'a loop over a shape beside lists that are none',
      {
        before: `import { tensor, zeros } from '${TENSOR}'; class Matrix { constructor(readonly data: Real, readonly shape: readonly number[]) {} }`,
      },
      'ComputeUp(x: Tensor) { const [N] = x.shape; const ones = tensor([N, 1], Array(N).fill(1)); const wide = zeros([...x.shape, ...Array(5 - x.shape.length).fill(1)]); const m = new Matrix(x.data, x.shape); return convolve(reshape(m, [x.shape.reduce((p, q) => p * q)]), reshape(ones, wide.shape)); }',
    ],
    [
      'the size of a shape that is passed on',
      {
        before:
          'const volume = (shape: readonly number[]) => shape.reduce((p, q) => p * q, 1); const of = (...sizes: number[]) => volume(sizes);',
      },
      'ComputeUp(x: Tensor) { const [N, ...rest] = x.shape; return convolve(reshape(x, [volume([1, N, ...rest]), of(N, ...rest), volume(x.shape)]), x); }',
    ],
    [
      'two shapes that are compared',
      {
        before:
          'function requireSame(got: readonly number[], wanted: readonly number[]) { if (!got.every((size, i) => size === wanted[i])) throw new RangeError(`[${got}]`); }',
      },
      'ComputeUp(x: Tensor) { requireSame(x.shape, [1, 2, 3, x.shape[3]]); return convolve(x, x); }',
    ],
    [
      'a few steps',
      {
        before:
          'const pipe = (x: Tensor, ...steps: ((x: Tensor) => Tensor)[]): Tensor => steps.reduce((y, step) => step(y), x);',
      },
      'ComputeUp(x: Tensor) { return pipe(x, (y) => convolve(y, y), (y) => sum(y, [0])); }',
    ],
    ['nothing to call', { rule: withoutLoops() }, 'ComputeUp(x: Tensor) { return sum(x, [0]); }'],
  ])('%s is accepted, too', (_, around, members) =>
    expect(judgeUp(members, around)).toMatchObject({ status: 'passed', reason: '' }),
  );

  const REST = 'return convolve(x, x); }';
  /** What is in the method, before the class, and after the method. */
  const HIDDEN_LOOPS: readonly (readonly [string, string?, string?])[] = [
    ['x.data?.forEach((v) => v);'],
    ['const go = (n: number): void => { if (n) go?.(n - 1); };'],
    ['this?.go(9);', '', 'go(n: number): void { if (n) this?.go(n - 1); }'],
    ['const go = (self: any, n: number): void => { if (n) self(self, n - 1); }; go(go, 9);'],
    ['go(go, 9);', 'const go = (self: any, n: number): void => { if (n) self(self, n - 1); };'],
    [
      'const go = (f: any, n: number): void => { if (n) call(f, f, n - 1); }; const call = (f: any, ...r: any) => f(...r); call(go, go, 9);',
    ],
    [
      'const a = (f: any, n: number): void => f(a, n - 1); const b = (f: any, n: number): void => { if (n) f(b, n); }; a(b, 9);',
    ],
    ['const a = (n: number): void => b(n - 1); const b = (n: number): void => { if (n) a(n); }; a(9);'],
    ['const step = (n: number): void => { if (n) again(n - 1); }; let again = step; again(9);'],
    ['let again: any; const step = (n: number): void => { if (n) again(n - 1); }; again = step; step(9);'],
    ['const o: any = {}; o.go = (n: number): void => { if (n) o.go(n - 1); }; o.go(9);'],
    ['const go = (n: number): void => { if (n) go.call(null, n - 1); }; go(9);'],
    ['const all = [(n: number): void => { if (n) all[0](n - 1); }]; all[0](9);'],
    ["const all = new Map<string, any>([['a', (n: number) => n && all.get('a')(n - 1)]]); all.get('a')(9);"],
    ["const all = new Map<string, any>(); all.set('a', (n: number) => n && all.get('a')(n - 1)); all.get('a')(9);"],
    ['const me = this; me.go(x);', '', 'go(x: Tensor) { for (const v of x.data) void v; }'],
    ['const { go } = this; go(x);', '', 'go(x: Tensor) { for (const v of x.data) void v; }'],
    ["const name = 'go'; this[name](x);", '', 'go(x: Tensor) { for (const v of x.data) void v; }'],
    ["const all = 'forEach'; x.data[all](each);"],
    ['x.data[ALL](each);', "const ALL = 'forEach';"],
    ["x.data['for' + 'Each'](each);"],
    ['const { forEach } = Float64Array.prototype; forEach.call(x.data, each);'],
    ['const all = Float64Array.prototype.forEach; all.apply(x.data, [each]);'],
    ['[].map.bind(x.data)(each);'],
    ['Reflect.apply([].map, x.data, [each]);'],
    ['this.times(each, 9);', '', "times(work: (n: number) => void, n: number) { 'x'.repeat(n).replace(/x/g, work); }"],
    ['const y = { shape: [...x.data.keys()] }; y.shape.forEach(each);'],
    ['ALL.shape.forEach(each);', 'const ALL = { shape: [...Array(9).keys()] };'],
    ['x.shape = [...x.data.keys()]; x.shape.forEach(each);'],
    ['this.shape.forEach(each);', '', 'shape = [...Array(9).keys()];'],
    [
      'N2.go(9);',
      'namespace N2 { export function go(n: number): void { if (n) on(n - 1); } const on = (n: number) => go(n); }',
    ],
    ['step(9);', 'let again: any; const step = (n: number): void => { if (n) again(n - 1); }; again = step;'],
    ['o.go(9);', 'const o: any = {}; o.go = (n: number): void => { if (n) o.go(n - 1); };'],
    ['o.go(9);', 'const o: any = {}; Object.assign(o, { go() { for (;;); } });'],
    ['', '', 'static { L.prototype.ComputeUp = function () { for (;;); }; }'],
    ['', '', 'constructor() { super(); this.ComputeUp = () => { for (;;); }; }'],
    ...[
      'go([...x.data.keys()]);',
      'go(x.shape); go([0, 1]);',
      'go(x.shape); const again = go; again(x.data);',
      'go(...[x.data]);',
      'go(...x.data.keys());',
    ].flatMap((calls): (readonly [string, string?])[] => [
      [calls, 'const go = (shape: any, ...rest: any[]) => [shape.map((v: number) => v), rest];'],
      [`const go = (shape: any, ...rest: any[]) => [shape.map((v: number) => v), rest]; ${calls}`],
    ]),
    ['go(1, ...x.data.keys());', 'const go = (...all: any[]) => all.forEach((v: number) => v);'],
    ['go(x.shape);', 'const go = (s: any) => { s = [...Array(9).keys()]; s.forEach((v: number) => v); };'],
    ['const xs: any[] = []; xs.push(...x.data.keys()); xs.forEach(each);'],
    ['const xs: any[] = []; xs.length = 9; xs.fill(0); xs.forEach(each);'],
    ['Array.from({ length: 9 }).forEach(each);'],
    ["Array.from({ ['len' + 'gth']: 9 } as any).forEach(each);"],
    ['const o: any = {}; o.length = 9; Array.from(o).forEach(each);'],
    ['x.shape.concat([...x.data.keys()]).forEach(each);'],
    ...[
      'zeros(Array(9).fill(1).concat([...x.data.keys()])).shape.forEach(each);',
      'const n = x.data.length; zeros(Array(n).fill(1)).shape.map(each);',
      'const ones = new Array(x.data.length).fill(1); const t = reshape(x, ones); t.shape.forEach(each);',
      'const t = T.zeros(Array.from({ length: x.data.length }, () => 1)); t.shape.forEach(each);',
      'const t = of(Array(x.data.length).fill(1)); t.shape.forEach(each);',
      'go(of(Array(x.data.length).fill(1)));',
      'new P(x.data).shape.forEach(each);',
      'new Q(x.data).shape.forEach(each);',
      '({ shape: x.data }).shape.forEach(each);',
      'x.shape.length = 99; x.shape.forEach(each);',
      'x.shape.push(...x.data); x.shape.forEach(each);',
    ].map((start): readonly [string, string] => [
      start,
      `import * as T from '${TENSOR}'; import { zeros } from '${TENSOR}'; const of = (s: number[]) => zeros(s); const go = (t: Tensor) => t.shape.forEach((v) => v); class P { constructor(readonly shape: any) {} } class Q { shape: any; constructor(s: any) { this.shape = s; } }`,
    ]),
    ['P.tools.go();', 'class P { static tools = { go() { for (;;); } }; }'],
    ['const { tools } = P; tools.go();', 'class P { static tools = { go() { for (;;); } }; }'],
    ['P.AXES[0].go();', 'class P { static AXES: any[] = []; static { P.AXES.push({ go() { for (;;); } }); } }'],
    ['void (x instanceof P);', 'class P { static [Symbol.hasInstance]() { for (;;); } }'],
    ['P.tools.go(9);', 'class P { static tools = { go: (n: number): void => { if (n) P.tools.go(n - 1); } }; }'],
    ['L.prototype.go.call(this, x);', '', 'go(x: Tensor) { for (const v of x.data) void v; }'],
    ['new P();', 'class P { constructor(n = [...Array(9).keys()].map((v) => v)) {} }'],
  ];
  test.each<[string, string, string, Parameters<typeof judgeUp>[1]?]>([
    [
      'a loop',
      `ComputeUp(x: Tensor) {\nfor (let n = 0; n < 3; n++) sum(x, [n]); ${REST}`,
      'src/L.ts:5: L.ComputeUp has a loop, for (let n = 0; n < 3; n++) sum(x, [n]);; expected: no loops, and a single call of convolve',
    ],
    ['while', `ComputeUp(x: Tensor) { while (x) sum(x, [0]); ${REST}`, 'has a loop, while'],
    ['forEach', `ComputeUp(x: Tensor) { x.data.forEach((v) => v); ${REST}`, 'has a loop, x.data.forEach('],
    [
      'a function for each match',
      `ComputeUp(x: Tensor) { 'x'.repeat(9).replace(/x/g, (_, n) => { x.data[n] = 0; return ''; }); ${REST}`,
      'has a loop',
    ],
    [
      'a function with a name for each match',
      `ComputeUp(x: Tensor) { let n = 0; function each() { x.data[n++] = 0; return ''; } 'x'.repeat(9).replaceAll('x', each); ${REST}`,
      "has a loop, 'x'.repeat(9).replaceAll('x', each)",
    ],
    [
      'a function of the file for each match',
      `ComputeUp(x: Tensor) { 'x'.repeat(9).replaceAll('x', each); ${REST}`,
      "has a loop, 'x'.repeat(9).replaceAll('x', each)",
      { before: 'const each = (found: string) => found.trim();' },
    ],
    [
      'a method for each element',
      `ComputeUp(x: Tensor) { x.data.forEach(this.each); ${REST}\neach(value: number) { return value; }`,
      'has a loop, x.data.forEach(this.each)',
    ],
    [
      'a bound method for each element',
      `ComputeUp(x: Tensor) { x.data.forEach(this.each.bind(this)); ${REST}\neach(value: number) { return value; }`,
      'has a loop, x.data.forEach(this.each.bind(this))',
    ],
    [
      'a function of Math for each element',
      `ComputeUp(x: Tensor) { x.data.map(Math.exp); ${REST}`,
      'has a loop, x.data.map(',
    ],
    [
      'a getter of what a text is made of',
      `ComputeUp(x: Tensor) { JSON.stringify(new Array(9).fill({ get n() { sum(x, [0]); return 1; } })); ${REST}`,
      'has a loop, n',
    ],
    [
      'a getter of what a text is made of elsewhere',
      `ComputeUp(x: Tensor) { const o = { get n() { sum(x, [0]); return 1; } }; text([o, o]); ${REST}`,
      'has a loop, n',
      { before: 'const text = (all: unknown[]) => JSON.stringify(all);' },
    ],
    [
      'a getter that is defined later of what a text is made of',
      `ComputeUp(x: Tensor) { const o = {}; Object.defineProperty(o, 'n', { enumerable: true, get: () => sum(x, [0]) }); JSON.stringify([o, o]); ${REST}`,
      'has a loop, get',
    ],
    ['map over indices', `ComputeUp(x: Tensor) { [0, 1].map((n) => sum(x, [n])); ${REST}`, 'has a loop, [0, 1].map('],
    ['Array.from', `ComputeUp(x: Tensor) { Array.from({ length: 3 }, (_, n) => n); ${REST}`, 'has a loop, Array.from('],
    [
      'a recursion',
      `ComputeUp(x: Tensor, n = 3) { if (n > 0) this.ComputeUp(x, n - 1); ${REST}`,
      'has a loop, ComputeUp',
    ],
    [
      'a local recursion',
      `ComputeUp(x: Tensor) { const go = (n: number): void => { if (n > 0) go(n - 1); }; go(3); ${REST}`,
      'has a loop, go',
    ],
    [
      'a recursion of a function without another name',
      `ComputeUp(x: Tensor) { (function go(n: number): void { if (n > 0) go(n - 1); })(3); ${REST}`,
      'has a loop, go',
    ],
    [
      'a class that makes itself again',
      `ComputeUp(x: Tensor) { new P(x, 9); ${REST}`,
      'by way of P, has a loop, constructor',
      { before: 'class P { constructor(x: Tensor, n: number) { if (n > 0) new P(x, n - 1); } }' },
    ],
    [
      'a method of a helper class that calls itself',
      `ComputeUp(x: Tensor) { new P().go(9); ${REST}`,
      'by way of P, has a loop, go',
      { before: 'class P { go(n: number) { if (n > 0) this.on(n); } on(n: number) { new P().go(n - 1); } }' },
    ],
    [
      'a method that a class above calls again',
      `ComputeUp(x: Tensor) { new P().go(9); ${REST}`,
      'by way of P, has a loop, go',
      {
        before:
          'class Q { on(n: number) { this.go(n - 1); } } class P extends Q { go(n: number) { if (n) this.on(n); } }',
      },
    ],
    [
      'a text made of each element',
      `ComputeUp(x: Tensor) { new Array(9).fill({ toString() { sum(x, [0]); return ''; } }).join(); ${REST}`,
      'has a loop, toString',
    ],
    [
      'a text made of itself',
      `ComputeUp(x: Tensor) { new Array(9).fill(this).join(); ${REST}\ntoString() { sum(this.weights, [0]); return ''; }`,
      'by way of L, has a loop, toString',
    ],
    [
      'a number made of each element',
      `ComputeUp(x: Tensor) { const each: any = {}; each.valueOf = () => 1; Math.max(...new Array(9).fill(each)); ${REST}`,
      'has a loop, each.valueOf',
    ],
    ['a proxy', `ComputeUp(x: Tensor) { new Array(9).fill(new Proxy({}, {})).join(); ${REST}`, 'has a loop, Proxy'],
    [
      'what is not among the names of a namespace that may be used',
      `ComputeUp(x: Tensor) { return N.Other(x); }`,
      'uses Other',
      { rule: withoutLoops(once, { [LAYERS]: ['Base', 'convolve'] }) },
    ],
    [
      'a part of a copied namespace',
      `ComputeUp(x: Tensor) { convolve(x, x); return super.ComputeUp(x); }`,
      'by way of all, uses everything in @im2grade/layers',
      {
        before: 'const all = { ...N }; const Given = all.Other;',
        extend: 'Given',
        rule: withoutLoops(once, { [LAYERS]: ['Base', 'convolve'] }),
      },
    ],
    [
      'the class under a name of a namespace',
      `ComputeUp(x: Tensor) { convolve(x, x); return super.ComputeUp(x); }`,
      'by way of L, uses Other',
      { extend: 'N.Other', rule: withoutLoops(once, { [LAYERS]: ['Base', 'convolve'] }) },
    ],
    [
      'an iterator of its own',
      `ComputeUp(x: Tensor) { let n = 0; [...{ [Symbol.iterator]: () => ({ next: () => ({ done: ++n > 9, value: n }) }) }]; ${REST}`,
      'has a loop, Symbol.iterator',
    ],
    [
      'a loop in a helper',
      `ComputeUp(x: Tensor) { this.#each(x); ${REST}\n#each(x: Tensor) { for (const v of x.data) void v; }`,
      'L.ComputeUp, by way of L.#each, has a loop',
    ],
    [
      'the class that the result must not be built on',
      `ComputeUp(x: Tensor) { convolve(x, x); return super.ComputeUp(x); }`,
      'by way of L, uses Other',
      { extend: 'Other', rule: withoutLoops(once, { [LAYERS]: ['Base', 'convolve'] }) },
    ],
    [
      'no call',
      'ComputeUp(x: Tensor) { return sum(x, [0]); }',
      'src/L.ts: L.ComputeUp calls convolve 0 times; expected',
    ],
    ['two calls', `ComputeUp(x: Tensor) { convolve(x, x); ${REST}`, 'calls convolve once more'],
    [
      'two calls on one side',
      'ComputeUp(x: Tensor) { return x ? convolve(x, x) : convolve(convolve(x, x), x); }',
      'calls convolve once more',
    ],
    [
      'a call in a case and in the next one',
      'ComputeUp(x: Tensor) { switch (this.mode) { case 1: convolve(x, x); default: return convolve(x, x); } }',
      'calls convolve once more',
    ],
    [
      'a call after both sides',
      `ComputeUp(x: Tensor) { if (x) this.one(x); else this.one(x); return this.one(x); }\none(x: Tensor) { return convolve(x, x); }`,
      'calls convolve once more',
    ],
    ...HIDDEN_LOOPS.map(([start, before = '', members = '']): [string, string, string, { before: string }] => [
      `hidden: ${before} ${start}`,
      `ComputeUp(x: Tensor) { const each = (v: number) => { x.data[v] = 0; }; ${start} ${REST}\n${members}`,
      'has a loop, ',
      { before },
    ]),
    [
      'a helper called twice',
      'ComputeUp(x: Tensor) { this.one(x); return this.one(x); }\none(x: Tensor) { return convolve(x, x); }',
      'by way of L.one, calls convolve once more',
    ],
    [
      'convolve passed on',
      'ComputeUp(x: Tensor) { const c = convolve; c(x, x); return c(x, x); }',
      'passes convolve on',
    ],
    ['no such method', 'up(x: Tensor) { return x; }', 'src/L.ts: L.ComputeUp is not a function that can be read here'],
  ])('%s is rejected', (_, members, reason, around = {}) => {
    const verdict = judgeUp(members, around);
    expect(verdict.status).toBe('failed');
    expect(verdict.reason).toContain(reason);
  });

  test('a stub is not written yet', () =>
    expect(() =>
      judgeUp("ComputeUp() { throw new NotImplementedError('L'); }", {
        before: `import { NotImplementedError } from '@im2grade/nn';`,
      }),
    ).toThrow(expect.objectContaining({ name: 'SubmissionFault', kind: 'not-implemented' })));

  test('classes that extend each other terminate', () =>
    expect(judgeUp('', { before: 'class A extends L {}', extend: 'A' }).reason).toContain(
      'not a function that can be read',
    ));
});

describe('functions that cannot be judged', () => {
  test('a stub is not written yet, and counts as such next to others that are', () => {
    const stub =
      "import { NotImplementedError } from '@im2grade/nn'; export function f() { throw new NotImplementedError('f'); }";
    expect(() => judge(vector, stub)).toThrow(
      expect.objectContaining({ name: 'SubmissionFault', kind: 'not-implemented' }),
    );
    const functions = ['f', 'g'].map((name) => ({ file: 'src/f.ts', name, rule: vectorForm() }));
    expect(judgeForm({ 'src/f.ts': `${stub} export const g = (a) => a;` }, functions)).toMatchObject({
      credit: 0.5,
      reason: 'f is not written yet',
    });
  });

  test('a file that cannot be parsed fails with a message', () => {
    expect(judge(vector, 'export function f( {').reason).toMatch(/^src\/f\.ts: its form cannot be read: /);
    expect(judge(vector, `export const f = ${'('.repeat(20_000)}`).reason).toContain('it is nested too deeply');
  });
});
