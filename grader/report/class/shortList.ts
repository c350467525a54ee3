import { groupBy } from '../../common/groupBy.ts';
import type { ClassReport } from '../../model/classReport.ts';

/** Ids as a person lists them: `mat2im.*` for all of a group; otherwise the common prefix is written once. */
export function shortList(ids: readonly string[], criteria: ClassReport['criteria']): string {
  return [...groupBy(ids, partOf)]
    .map(([part, some]) => {
      const all = criteria.filter(({ id }) => partOf(id) === part).length;
      return some.length === all && all > 1 ? `${part}.*` : some.join(', ');
    })
    .join(', ');
}

const partOf = (id: string): string => id.slice(0, id.indexOf('.'));
