import { count } from '../text/numbers.ts';

/** `1 pair stands out`, `2 pairs stand out`. */
export const standingText = (pairs: number): string =>
  `${count(pairs, 'pair')} ${pairs === 1 ? 'stands' : 'stand'} out`;
