import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editOf } from './editOf.ts';

test('an edit names a place that is unique, and makes one text of the other', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '  d'), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [one, other] = [['first', ...before].join('\n'), ['first', ...after].join('\n')];
      fc.pre(one !== other);
      const { find, replace } = editOf(one, other);
      expect(one.split(find)).toHaveLength(2);
      expect(one.split(find).join(replace)).toBe(other);
    }),
  );
});
