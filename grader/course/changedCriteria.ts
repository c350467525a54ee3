import { isPending } from '../model/outcome.ts';
import type { ProposalItem } from '../model/proposal.ts';
import type { Outcome } from '../model/report.ts';
import { points } from '../report/text/numbers.ts';

/** Criteria whose points differ, or that only one of the reports has. */
export function changedCriteria(before: readonly Outcome[], after: readonly Outcome[]): ProposalItem['criteria'] {
  const [old, now] = [before, after].map(
    (outcomes) => new Map(outcomes.map((outcome) => [outcome.id, shown(outcome)])),
  );
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  return ids
    .map((id) => ({ id, before: old.get(id) ?? '–', after: now.get(id) ?? '–' }))
    .filter((each) => each.before !== each.after);
}

const shown = ({ status, earned, points: worth }: Outcome): string =>
  isPending(status) ? status : `${points(earned)} of ${points(worth)}`;
