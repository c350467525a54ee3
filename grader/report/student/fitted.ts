const TEXT_LENGTHS = [20_000, 4_000, 1_000, 250, 60];

/**
 * Renders with ever shorter texts until the whole fits: importers refuse a file that is too long, and with it the
 * score.
 *
 * @param render - receives the maximum length of one text of a submission
 */
export function fitted(maxBytes: number, render: (maxChars: number) => string): string {
  for (const maxChars of TEXT_LENGTHS) {
    const whole = render(maxChars);
    if (Buffer.byteLength(whole) <= maxBytes) return whole;
  }
  return render(0);
}
