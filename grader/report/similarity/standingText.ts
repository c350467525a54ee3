import { count } from '../text/numbers.ts';

/** `no pair stands out`, `1 pair stands out`, `2 pairs stand out`. */
export const standingText = (pairs: number): string =>
  `${pairs === 0 ? 'no pair' : count(pairs, 'pair')} ${pairs > 1 ? 'stand' : 'stands'} out`;
