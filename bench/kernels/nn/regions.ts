import type { Team } from '@im2grade/nn';
import type { Case } from '../Case.ts';
import { convolution } from './convolution.ts';
import type { ConvolutionForm } from './convolutionLayers.ts';
import { epoch } from './epoch.ts';
import { product } from './product.ts';
import type { Work } from './Work.ts';

/** What this member has prepared; a team stays the same between regions, so the work can be kept. */
let work: Work | undefined;

/** A parallel region: every member allocates and fills in the same way. */
export function prepare(team: Team, { what, form }: { readonly what: Case; readonly form: ConvolutionForm }): void {
  if (what.kind === 'gemm') work = product(what, team);
  else work = what.kind === 'convolution' ? convolution(what, form, team) : epoch(what, form, team);
}

/** A parallel region: the prepared work, the given number of times. */
export function repeat(_team: Team, { times }: { readonly times: number }): void {
  for (let i = 0; i < times; i++) work!.compute();
}

/** Of this member's last `compute`. */
export const digest = (): number => work!.digest();
