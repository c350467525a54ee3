import { foldedText } from '../common/foldedText.ts';
import { IdSystem, type Student } from './student.ts';

type Known = Pick<Student, 'ids'>;

/**
 * True if two ids of one system say that these are two people.
 *
 * @param keyOf - ids of one key are the same
 */
export const haveOtherIds = (a: Known, b: Known, keyOf: (id: string) => string = foldedText): boolean =>
  IdSystem.options.some((system) => {
    const [first, second] = [a.ids[system], b.ids[system]];
    return first !== undefined && second !== undefined && keyOf(first) !== keyOf(second);
  });
