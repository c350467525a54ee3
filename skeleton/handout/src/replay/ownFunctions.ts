import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Entry, type Real } from '@im2grade/nn';
import { chooseGemm, ThreadTeam } from '@im2grade/engine/run';
import type { Answer, FunctionCall } from './judge.ts';

/**
 * The functions of an assignment's entry, run in this process in their current form.
 *
 * @param path - the module that exports `entry`
 * @throws what the module throws while it is loaded
 */
export async function ownFunctions(path: string): Promise<(call: FunctionCall) => Promise<Answer>> {
  const { entry } = (await import(pathToFileURL(resolve(path)).href)) as { entry: Entry };
  const team = new ThreadTeam(1, chooseGemm(process.env['IM2GRADE_GEMM']));
  const copy = (values: Real) => {
    const array = team.allocate(values instanceof Float32Array ? Float32Array : Float64Array, values.length);
    array.set(values);
    return array;
  };
  return async ({ name, options, inputs, outputs }) => {
    const given = inputs.map(copy);
    const filled = outputs.map(({ dtype, length, fill }) =>
      team.allocate(dtype === 'float32' ? Float32Array : Float64Array, length).fill(fill === 'zero' ? 0 : NaN),
    );
    try {
      team.run((members) => void entry[name]({ options, inputs: given, outputs: filled, team: members }), '', {});
      return { inputs: given, outputs: filled };
    } catch (error) {
      return { fault: faultOf(error) };
    }
  };
}

/** Name, message and the line of the assignment's own code from which it came. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const where = /\/(src\/[\w.-]+:\d+):\d+/.exec(error.stack ?? '')?.[1];
  return `${error.name === 'NotImplementedError' ? '' : `${error.name}: `}${error.message}${where ? ` (${where})` : ''}`;
}
