import type { Measurement } from '../../model/evidence.ts';

/** `test accuracy 78.3 % ± 2.6 %, measured on 1000 of 10000 test images`. */
export function measurementText({ name, value, within, isShare, on }: Measurement): string {
  const reach = within === 0 ? '' : ` ± ${valueText(within, isShare)}`;
  return `${name} ${valueText(value, isShare)}${reach}, measured on ${on}`;
}

const valueText = (value: number, isShare: boolean): string =>
  isShare ? `${(100 * value).toFixed(1)} %` : String(Number(value.toPrecision(6)));
