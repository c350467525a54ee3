import { credit, CriterionFailure, layersOf, type ModelStructure } from '@im2grade/kit';
import { likenessToTable } from '../../../skeleton/cifar-nets/programs/check/likenessToTable.ts';
import { answer, ANSWERS, type ModelName } from '../handedIn.ts';

const MOST_REMARKS = 5;

/** Judges the table of a model's layers in `answers.yaml` by the model itself. */
export function judgeTable(name: ModelName, structure: ModelStructure): ReturnType<typeof credit> {
  const path = `${ANSWERS}: ${name}.table`;
  const found = likenessToTable(answer(`${name}.table`), layersOf(structure));
  if (typeof found === 'string') throw new CriterionFailure(`${path} ${found}`);
  const { rows, problems } = found;
  return credit(
    1 - problems.length / rows,
    problems.length === 0 ? '' : `${problems.length} of ${rows} layers differ`,
    problems.slice(0, MOST_REMARKS).map((problem) => ({ type: 'remark', message: `${path}: ${problem}` })),
  );
}
