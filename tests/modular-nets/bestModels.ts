import { CriterionFailure, either, examination, plainAnswer } from '@im2grade/kit';

/** Models of one kind, with the number of their parameters. */
type Models = Readonly<Record<string, number>>;

/** The smallest net is not the best merely because the table has no numbers of others. */
const SMALLEST = 'logreg';

/**
 * Asks for the parameters of the best model of a kind, by the student's own table: one that another beats in every number
 * there is not the best. Two of which each is better somewhere may both be, and so may those without numbers.
 */
export function bestOf(models: Models): ReturnType<typeof either> {
  const table = Object.keys(models).map((name) => ({ name, merits: meritsOf(name) }));
  const isWhole = table.every(({ merits }) => merits !== undefined);
  const [first, ...rest] = table
    .filter(({ name }) => isWhole || name !== SMALLEST)
    .filter(({ merits: own }) => !table.some(({ merits: other }) => own && other && isBeaten(own, other)))
    .map(({ name }) => models[name]);
  return either(first, ...rest);
}

const isBeaten = (own: readonly number[], other: readonly number[]): boolean =>
  own.every((merit, i) => other[i] > merit);

/** What a model does on digits that it was not trained on, the more the better; undefined if a number is missing. */
function meritsOf(model: string): number[] | undefined {
  const merits = ['validation', 'test'].flatMap((set) => [
    -numberAt(`results.${model}.${set}.cross_entropy`),
    share(numberAt(`results.${model}.${set}.accuracy`)),
  ]);
  return merits.some(Number.isNaN) ? undefined : merits;
}

/** An accuracy may be given in per cent. */
const share = (accuracy: number): number => (accuracy > 1 ? accuracy / 100 : accuracy);

function numberAt(path: string): number {
  try {
    const value = plainAnswer(examination().sources(), 'answers.yaml', path);
    return typeof value === 'number' ? value : NaN;
  } catch (error) {
    // Other criteria judge the table.
    if (error instanceof CriterionFailure) return NaN;
    throw error;
  }
}
