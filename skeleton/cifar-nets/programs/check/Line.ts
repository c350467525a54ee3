/** A line of the check: what is right, what would cost points, what cannot be said here, and what is only shown. */
export interface Line {
  readonly is: 'right' | 'wrong' | 'open' | 'plain';
  readonly text: string;
}

const lineThat =
  (is: Line['is']) =>
  (text: string): Line => ({ is, text });

export const [right, wrong, open, plain] = (['right', 'wrong', 'open', 'plain'] as const).map(lineThat);
