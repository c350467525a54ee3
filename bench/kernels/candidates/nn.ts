import { type GemmKind, ThreadTeam } from '@im2grade/engine/run';
import { whyNoOpenblas } from '../../../skeleton/engine/src/backends/openblas/openblas.ts';
import { serve } from '../process/serve.ts';
import type { ConvolutionForm } from '../nn/convolutionLayers.ts';
import * as regions from '../nn/regions.ts';

const MODULE = new URL('../nn/regions.ts', import.meta.url).href;

/** `nn`, all operands in the memory of its team; arguments: the gemm backend, the form of convolutions, the threads. */
await serve(() => {
  const [kind, form, threads] = process.argv.slice(2) as [GemmKind, ConvolutionForm, string];
  const why = kind === 'openblas' && whyNoOpenblas();
  if (why) throw new Error(why);
  let team: ThreadTeam | undefined;
  return {
    version: `Node ${process.versions.node}`,
    async prepare(what) {
      await team?.close();
      // A new one for each case: parts of a team's memory are never freed.
      const fresh = (team = new ThreadTeam(Number(threads), kind));
      fresh.run(regions.prepare, MODULE, { what, form });
      return {
        repeat: (times) => fresh.run(regions.repeat, MODULE, { times }),
        digest: regions.digest,
      };
    },
  };
});
