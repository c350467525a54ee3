import type { FormRule } from './judgeForm.ts';

/** Names that a package exports. */
export type Names = Readonly<Record<string, readonly string[]>>;

const isAmong = (names: Names, from: string, what: string): boolean => names[from]?.includes(what) ?? false;

/**
 * The scalar form: loops over single elements, with nothing from outside that does the work.
 *
 * @param allowed - what may be used all the same: what makes a tensor, or names one
 */
export const scalarForm = (allowed: Names): FormRule => ({
  asked: 'loops over single elements (for, while), and no operation on whole tensors',
  problemIn(facts) {
    const used = facts.find(({ kind, from, what }) => kind === 'uses' && !isAmong(allowed, from, what));
    if (used) return { fact: used, found: `uses ${used.what}` };
    if (!facts.some(({ kind }) => kind === 'element')) return { found: 'has no loop over elements' };
    return undefined;
  },
});

/**
 * The vector form: operations on whole tensors. Loops are fine as long as no single element is touched in them.
 *
 * @param operations - of which at least one must be used; none when left out
 */
export const vectorForm = (operations?: Names): FormRule => {
  const names = Object.values(operations ?? {}).flat();
  const examples = names.length > 0 ? ` (${names.join(', ')})` : '';
  return {
    asked: `operations on whole rows, columns and tensors${examples}; a loop may call them, but touches no single element`,
    problemIn(facts) {
      const element = facts.find(({ kind }) => kind === 'element');
      if (element) return { fact: element, found: `touches single elements in a loop, ${element.what}` };
      const isUsed = facts.some(({ kind, from, what }) => kind === 'uses' && isAmong(operations ?? {}, from, what));
      return isUsed || !operations ? undefined : { found: `uses none of ${names.join(', ')}` };
    },
  };
};
