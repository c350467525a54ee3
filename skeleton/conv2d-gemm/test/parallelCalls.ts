import { Activation, type Geometry, Params, type Real, type Team } from '@im2grade/nn';
import { Conv2DLayer } from '../src/Conv2DLayer.ts';
import { Im2MatLayer } from '../src/Im2MatLayer.ts';

/** What every member of a team does in the tests: one of your functions, on arrays that all share. */

export function callIm2Mat(team: Team, { g, INP, OUT }: { g: Geometry; INP: Real; OUT: Real }): void {
  asMember('Im2Mat', team, (own) => new Im2MatLayer(1, g).Im2Mat(INP, OUT, g.B, own));
}

interface Gradients {
  readonly g: Geometry;
  readonly dError_dOutput: Real;
  readonly dError_dInput: Real;
}

export function callMat2Im(team: Team, { g, dError_dOutput, dError_dInput }: Gradients): void {
  asMember('Mat2Im', team, (own) => new Im2MatLayer(1, g).Mat2Im(dError_dOutput, dError_dInput, g.B, own));
}

interface Forward {
  readonly g: Geometry;
  readonly INP: Real;
  readonly weights: Real;
  readonly biases: Real;
  readonly OUT: Real;
}

export function callForward(team: Team, { g, INP, weights, biases, OUT }: Forward): void {
  const act = [activation(g, INP, INP), activation(g, OUT, OUT)];
  asMember('forward', team, (own) => new Conv2DLayer(1, g).forward(act, [none(), params(weights, biases)], own));
}

interface Backward extends Gradients, Omit<Forward, 'g' | 'OUT'> {
  readonly dError_dWeights: Real;
  readonly dError_dBiases: Real;
}

export function callBackward(team: Team, given: Backward): void {
  const { g, INP, weights, biases, dError_dOutput, dError_dInput, dError_dWeights, dError_dBiases } = given;
  const act = [activation(g, INP, dError_dInput), activation(g, dError_dOutput, dError_dOutput)];
  const grad = params(dError_dWeights, dError_dBiases);
  asMember('backward', team, (own) =>
    new Conv2DLayer(1, g).backward(act, [none(), params(weights, biases)], [none(), grad], own),
  );
}

/**
 * Runs a function as one member of a team.
 *
 * @throws Error if it never asks which part of the work is this member's
 */
function asMember(name: string, team: Team, work: (own: Team) => void): void {
  let asksForItsPart = false;
  const own: Team = {
    get rank() {
      asksForItsPart = true;
      return team.rank;
    },
    size: team.size,
    share(n) {
      asksForItsPart = true;
      return team.share(n);
    },
    barrier: () => team.barrier(),
    reduce: (partial, total) => team.reduce(partial, total),
  };
  work(own);
  if (team.size === 1 || asksForItsPart) return;
  throw new Error(
    `${name} uses neither team.share nor team.rank: each of the ${team.size} threads does the whole work, ` +
      'and they write to the same numbers at the same time',
  );
}

const none = (): Params => new Params(0, 0, Float64Array);

const params = (weights: Real, biases: Real): Params =>
  new Params(weights.length, biases.length, Float64Array, { weights, biases });

const activation = ({ B }: Geometry, output: Real, dError_dOutput: Real): Activation =>
  new Activation(B, output.length / B, Float64Array, { output, dError_dOutput });
