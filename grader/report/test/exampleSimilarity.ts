import { type Pair, type Similarity, SIMILARITY_VERSION } from '../../model/similarity.ts';
import { HOSTILE } from './hostileReport.ts';

const CODE = `for (let row = begin; row < end; row++) {
  const image = Math.floor(row / OpY) * InY;
  for (let ox = 0; ox < OpX; ox++) columns.push(image + (row % OpY) * Sy - Py + veryLongNameOfAnOffsetThatRunsOn * ox);
}`;

/** A class in which some submissions are alike, as a page shows it. */
export const exampleSimilarity = (): Similarity =>
  similarityOf(
    ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov', 'Donald Knuth'],
    CODE,
  );

/** The same with a hostile text wherever a submission could put one. */
export const hostileSimilarity = (): Similarity => similarityOf(HOSTILE, HOSTILE.join('\n'));

/** Pairs of neighbours are alike, but for every third. */
function similarityOf(names: readonly string[], text: string): Similarity {
  const pairs = names.slice(1).flatMap((_, at) => (at % 3 === 2 ? [] : [pairOf(at, text)]));
  return {
    ...{ schema: 'im2grade/similarity', version: SIMILARITY_VERSION, grader: '0.1.0' },
    assignment: { id: 'conv2d-gemm', title: 'Image classification: conv2d with GEMM', version: 1 },
    groups: [
      { name: 'submissions', works: 118 },
      { name: 'spring 2025', works: 96 },
    ],
    deliverables: [
      { path: 'src/Im2MatLayer.ts', verdict: 'compared', read: 214, compared: 209, typical: 0.12 },
      { path: 'src/classify.ts', verdict: 'too-alike', read: 210, compared: 190, typical: 0.71 },
      { path: 'motivation.md', verdict: 'too-short', read: 3, compared: 1 },
    ],
    unread: [{ name: names[0], reason: 'src/Conv2DLayer.ts: is nested too deeply' }],
    leftOut: [{ path: 'src/classify.ts', reason: 'too-alike', works: [0, 2] }],
    works: names.map((name, at) => ({ name, group: at % 4 === 3 ? 1 : 0 })),
    pairs,
    more: 2,
    clusters: Array.from({ length: Math.ceil(names.length / 3) }, (_, at) =>
      [3 * at, 3 * at + 1, 3 * at + 2].filter((work) => work < names.length),
    ).filter(({ length }) => length > 1),
  };
}

const pairOf = (first: number, text: string): Pair => ({
  ...{ first, second: first + 1, similarity: 0.98 - first / 20, standsOut: true },
  parts: [
    {
      path: 'src/Im2MatLayer.ts',
      similarity: 0.98 - first / 20,
      fragments: [
        {
          tokens: 96,
          first: { path: 'src/Im2MatLayer.ts', line: 24, text },
          second: { path: 'src/Conv2DLayer.ts', line: 31, text: text.replaceAll('row', 'zeile') },
        },
      ],
    },
  ],
});
