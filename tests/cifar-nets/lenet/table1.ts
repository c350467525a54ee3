import { credit, layersOf, type ModelStructure } from '@im2grade/kit';
import { likenessToTable1 } from '../../../skeleton/cifar-nets/programs/check/likenessToTable1.ts';

/**
 * Judges the layers of a model by Table 1, each for the same share; a layer too many costs as much as one that is
 * missing.
 */
export function judgeTable1(structure: ModelStructure): ReturnType<typeof credit> {
  const { right, rows, wrong, problems } = likenessToTable1(layersOf(structure));
  return credit(
    1 - wrong / rows,
    wrong === 0 ? '' : `${right} of ${rows} layers are those of Table 1`,
    problems.map((message) => ({ type: 'remark', message })),
  );
}
