import type { Advice } from '../../model/proofReport.ts';
import { count } from '../text/numbers.ts';
import { placeOf } from './placeOf.ts';

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What would make the suites sharper, a sentence each. */
export const adviceLines = ({ weakest, together }: Advice): string[] => [
  ...(weakest ? [weakestLine(weakest), ...inputLines(weakest)] : []),
  ...together.map((ids) => `${LIST.format(ids)} are always lost together: their points are given twice.`),
];

const weakestLine = ({ id, killed, survived }: NonNullable<Advice['weakest']>): string =>
  `The weakest criterion is ${id}: in its functions, ${survived} of ${count(killed + survived, 'mutant')} survived.`;

const inputLines = ({ inputs }: NonNullable<Advice['weakest']>): string[] =>
  inputs.length === 0
    ? ['No input was found that distinguishes them from the solution: they may be equivalent.']
    : inputs.map((one) => `It would notice ${placeOf(one)}, with this input: ${one.difference}`);
