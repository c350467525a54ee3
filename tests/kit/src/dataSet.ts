import type { DataSetName, DataSetParts } from '@im2grade/data/dataSets';
import { examination } from './examination.ts';

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
