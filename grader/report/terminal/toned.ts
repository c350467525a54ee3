import type { Colors } from 'picocolors/types.js';
import type { Tone } from '../text/status.ts';

/** The paint of a tone. */
export function toned(paint: Colors, tone: Tone): (text: string) => string {
  return { good: paint.green, middling: paint.yellow, bad: paint.red, waiting: paint.cyan }[tone];
}
