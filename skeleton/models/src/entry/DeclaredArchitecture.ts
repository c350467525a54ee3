import { residualGraph } from '../architectures/residualGraph.ts';
import { sequentialGraph } from '../architectures/sequentialGraph.ts';
import type { Architecture } from '../readModel.ts';

/** How the network of tensors is declared. */
export type DeclaredArchitecture =
  | { readonly of: 'sequential'; readonly layers: unknown }
  | { readonly of: 'residual'; readonly input: readonly number[]; readonly upscale: number; readonly prefix: string };

/**
 * What makes the declared network of tensors.
 *
 * @example
 * ```ts
 * readModel('net.pth', files, architectureOf({ of: 'sequential', layers: { input: [3, 32, 32], layers } }));
 * ```
 */
export const architectureOf =
  (declared: DeclaredArchitecture): Architecture =>
  (file, tensors) =>
    declared.of === 'sequential'
      ? sequentialGraph(file, tensors, declared.layers)
      : residualGraph(file, tensors, declared);
