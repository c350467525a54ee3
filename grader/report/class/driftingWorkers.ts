import { groupBy } from '../../common/groupBy.ts';
import { median } from '../../common/median.ts';
import { quantile } from '../../common/quantile.ts';
import type { ClassRow } from '../../model/classReport.ts';

/** A machine on which the reference takes another time than it should: what is measured there may be wrong as well. */
interface Drift {
  readonly worker: string;
  /** The seconds of the reference over the median of all machines of this kind: in the middle, and of most submissions. */
  readonly factor: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer submissions say nothing. */
const FEWEST = 4;
/** Within this share, machines of a kind differ by chance. */
const MOST = 0.2;
/** Most submissions: between these shares of them. */
const [LOW, HIGH] = [0.1, 0.9];

/**
 * The workers that differ from the others of their kind, or from themselves, in how long the reference takes: it is timed
 * beside every submission, on the same geometry.
 */
export function driftingWorkers(rows: readonly ClassRow[]): Drift[] {
  const timed = rows.filter(({ worker, machine }) => worker !== undefined && machine !== undefined);
  const drifting = [...groupBy(timed, ({ machine }) => machine!).values()].flatMap(ofKind);
  return drifting.sort((a, b) => (a.worker < b.worker ? -1 : 1));
}

function ofKind(rows: readonly ClassRow[]): Drift[] {
  const usual = new Map<string, number>();
  for (const [id, all] of groupBy(rows.flatMap(timesOf), ({ id }) => id))
    usual.set(id, median(all.map(({ seconds }) => seconds)));
  return [...groupBy(rows, ({ worker }) => worker!)].flatMap(([worker, own]) => {
    const factors = own.map((row) => median(timesOf(row).map(({ id, seconds }) => seconds / usual.get(id)!)));
    const known = factors.filter((factor) => !Number.isNaN(factor));
    const drift = { worker, factor: median(known), low: quantile(known, LOW), high: quantile(known, HIGH) };
    return known.length >= FEWEST && isWrong(drift) ? [drift] : [];
  });
}

const isOther = ({ factor }: Drift): boolean => Math.abs(Math.log(factor)) > Math.log(1 + MOST);

const isWrong = (drift: Drift): boolean => isOther(drift) || drift.high > drift.low * (1 + 2 * MOST);

const timesOf = ({ criteria }: ClassRow): { id: string; seconds: number }[] =>
  Object.entries(criteria).flatMap(([id, { reference: seconds }]) => (seconds === undefined ? [] : [{ id, seconds }]));

/** What is wrong with a worker, and what to do, in a line. */
export function driftText(drift: Drift): string {
  const times = (factor: number) => `${factor.toFixed(2)} ×`;
  const what = isOther(drift)
    ? `the reference takes ${times(drift.factor)} as long as on other machines of its kind`
    : `the time of the reference changes from ${times(drift.low)} to ${times(drift.high)} of the usual`;
  return `${drift.worker}: ${what}; see what else runs there, and grade its submissions again on another machine`;
}
