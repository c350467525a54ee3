import type { MutantOutcome } from '../../model/proofReport.ts';

/** `naive src/Im2MatLayer.ts:31, Im2Mat` */
export const placeOf = ({
  base,
  file,
  line,
  inside,
}: Pick<MutantOutcome, 'base' | 'file' | 'line' | 'inside'>): string =>
  `${base} ${file}:${line}${inside === '' ? '' : `, ${inside}`}`;
