import type { Formatter } from 'picocolors/types';
import picocolors from 'picocolors';
import type { Check, Diagnosis, TriedAttack } from './Diagnosis.ts';

/**
 * The diagnosis as terminal text: a line for each item, followed by the remedy if something is missing, then each
 * attack.
 */
export function renderDiagnosis(
  { tier, checks, attacks }: Pick<Diagnosis, 'tier' | 'checks' | 'attacks'>,
  options: { readonly colour: boolean },
): string {
  const paint = picocolors.createColors(options.colour);
  const mark = { here: paint.green('✓'), missing: paint.red('✗'), absent: paint.dim('·') };
  const wide = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap((check) => checkLines(check, mark[check.state], wide, paint.bold));
  const failed = attacks.filter(({ held }) => !held);
  return [
    ...lines,
    ...(attacks.length > 0 ? ['', `Attacks, in the ${tier} tier and in reduced:`] : []),
    ...attacks.map(({ name, held }: TriedAttack) => `${held ? mark.here : mark.missing} ${name}`),
    '',
    summary(tier, attacks.length, failed.length),
    '',
  ].join('\n');
}

function checkLines({ name, found, remedy, state }: Check, mark: string, wide: number, bold: Formatter): string[] {
  const line = `${mark} ${bold(name.padEnd(wide))}  ${found}`;
  if (remedy === '') return [line];
  return [line, `  ${' '.repeat(wide)}  ${state === 'missing' ? 'to get it' : 'optional'}: ${remedy}`];
}

function summary(tier: string, tried: number, failed: number): string {
  const attacks = tried === 0 ? 'no attack was tried' : failed === 0 ? `all ${tried} attacks ended as they should` : '';
  return `Isolation is ${tier}; ${attacks || `${failed} of ${tried} ATTACKS WERE NOT STOPPED as they should`}.`;
}
