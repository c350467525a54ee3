import type { DataSetName, DataSetParts } from '@im2grade/data/dataSets';
import type { LoadedDataSet } from '@im2grade/grader/model/examination.ts';
import { examination } from './examination.ts';
import { Undecided } from './verdicts.ts';

/**
 * The parts of the data set that the assignment declares.
 *
 * @param name - as in `assignment.yaml`
 *
 * @example
 * ```ts
 * const { train, hiddenTest } = dataSet('mnist');
 * ```
 */
export function dataSet<Name extends DataSetName>(name: Name): DataSetParts<Name> {
  const declared = examination().data();
  if (declared?.name !== name)
    throw new Error(`the suites use the data set ${name}; assignment.yaml declares ${declared?.name ?? 'none'}`);
  return declared.parts as DataSetParts<Name>;
}

/**
 * The data set that the assignment declares, whichever it is.
 *
 * @throws Undecided if it is fetched by a command of its own and is not here
 *
 * @example
 * ```ts
 * const { test } = declaredData().parts;
 * ```
 */
export function declaredData(): LoadedDataSet {
  try {
    const declared = examination().data();
    if (declared) return declared;
  } catch (error) {
    if ((error as Error).name === 'DataError') throw new Undecided((error as Error).message);
    throw error;
  }
  throw new Error('assignment.yaml declares no data set');
}
