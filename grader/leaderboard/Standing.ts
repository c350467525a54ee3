import type { TeamAttempts } from '../gradebook/store/teams.ts';
import type { MeasuredValue } from '../model/evidence.ts';
import type { LeaderboardRules } from '../model/leaderboardRules.ts';
import { isPending, type Status } from '../model/outcome.ts';
import { roundedAsShown } from '../report/leaderboard/valueText.ts';

/** What is known of the value of some work. */
export interface Standing {
  /** The best value that is known; undefined if none is. */
  readonly value: MeasuredValue | undefined;
  /** What it can be, both infinite if anything can: the higher the better, whatever the assignment compares. */
  readonly low: number;
  readonly high: number;
  /** Why it is not known, if measuring it again cannot help or did not; empty otherwise. */
  readonly open: string;
}

/** The same with whose work it is. */
export interface TeamStanding {
  readonly team: TeamAttempts;
  /** Undefined if the work takes no part: a criterion was lost, it cannot be graded, it is late, or a person said so. */
  readonly standing: Standing | undefined;
  /** Points of the bonus that it has now. */
  readonly given: number;
  /** What a person deducted from the whole work, if anything. */
  readonly deduction: { readonly points: number; readonly note: string } | undefined;
  /** Number of measurements that were made for its place. */
  readonly tries: number;
}

/** A criterion as far as a place depends on it. */
export interface Examined {
  /** With what people gave; undefined if it was not examined. */
  readonly status: Status | undefined;
  readonly measured?: MeasuredValue | undefined;
  /** What a measurement for the place came to. */
  readonly again?: { readonly status: Status; readonly measured?: MeasuredValue | undefined } | undefined;
}

/**
 * Of how many half 95 % intervals a value is off at most. The value of work that gets no place differs by more only once
 * in ten thousand times.
 */
const CERTAIN = 2;

const ANYTHING = { low: -Infinity, high: Infinity } as const;

/**
 * What the criteria of some work say about its value.
 *
 * @param from - those that measure it
 * @param needs - those that must have passed as well
 * @returns undefined if it takes no part
 */
export function standingFrom(
  rules: LeaderboardRules,
  from: readonly Examined[],
  needs: readonly Examined[],
): Standing | undefined {
  if (needs.some(({ status }) => isLost(status))) return undefined;
  const waits = needs.some(({ status }) => status !== 'passed');
  const values = from.flatMap((examined) => valueOf(rules, examined) ?? []);
  if (values.length === 0) return undefined;
  const [low, high] = [Math.max(...values.map((each) => each.low)), Math.max(...values.map((each) => each.high))];
  const known = values.filter(({ value }) => value !== undefined).sort((a, b) => key(rules, b) - key(rules, a));
  return {
    ...{ value: known[0]?.value, low, high },
    open: waits ? 'a criterion that it needs is pending' : (values.find(({ open }) => open !== '')?.open ?? ''),
  };
}

const key = (rules: LeaderboardRules, { value }: Standing): number => goodness(rules, value!.value);

/** Undefined if the criterion is lost. */
function valueOf(rules: LeaderboardRules, { status, measured, again }: Examined): Standing | undefined {
  if (isLost(status) || isLost(again?.status)) return undefined;
  if (status === undefined) return { ...ANYTHING, value: undefined, open: 'a criterion was not examined' };
  const isPassed = status === 'passed' || again?.status === 'passed';
  const value = isPassed ? (again?.measured ?? measured) : undefined;
  if (!value) return { ...ANYTHING, value, open: again ? `it could not be measured: ${again.status}` : '' };
  const reach = CERTAIN * value.within;
  // Without settings to measure it more closely, a value is what was measured.
  if (!rules.settings) return exactly(rules, { ...value, within: 0 });
  if (reach === 0) return exactly(rules, value);
  const [low, high] = [value.value - reach, value.value + reach]
    .map((each) => goodness(rules, each))
    .sort((a, b) => a - b);
  return { value, low, high, open: '' };
}

function exactly(rules: LeaderboardRules, value: MeasuredValue): Standing {
  const known = goodness(rules, value.value);
  return { value, low: known, high: known, open: '' };
}

/** True if it counts and did not pass. */
const isLost = (status: Status | undefined): boolean =>
  status !== undefined && status !== 'passed' && !isPending(status);

/** A value as it is compared: the higher the better, and rounded as it is shown. */
export function goodness({ better, shown }: LeaderboardRules, value: number): number {
  const rounded = roundedAsShown(shown, value);
  return better === 'higher' ? rounded : -rounded;
}

/** Whether nothing about a value is open. */
export const isExact = ({ low, high, open }: Standing): boolean => open === '' && low === high;
