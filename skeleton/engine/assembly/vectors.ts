// AssemblyScript. Element-wise operations: the steps of optimizers, and a rectifier.
//
// A vector at a time, then number by number in the same arithmetic, never fused: so a result does not depend on how an array
// is split into parts.
import { HALF } from './tiles';

/** A vector, or one number in all of its lanes. */
@inline
export function get<T>(at: usize, isWhole: bool): v128 {
  return isWhole ? v128.load(at) : v128.load_splat<T>(at);
}

/** Stores a vector, or the first of its lanes. */
@inline
export function put<T>(at: usize, value: v128, isWhole: bool): void {
  if (isWhole) v128.store(at, value);
  else v128.store_lane<T>(at, value, 0);
}

/** m = μ·m − η·(g/B + λ·p), p += m. */
@inline
function momentumAt<T>(p: usize, g: usize, m: usize, mu: v128, eta: v128, share: v128, l2: v128, isWhole: bool): void {
  const parameter = get<T>(p, isWhole);
  const slope = v128.add<T>(v128.mul<T>(get<T>(g, isWhole), share), v128.mul<T>(parameter, l2));
  const step = v128.sub<T>(v128.mul<T>(get<T>(m, isWhole), mu), v128.mul<T>(slope, eta));
  put<T>(m, step, isWhole);
  put<T>(p, v128.add<T>(parameter, step), isWhole);
}

@inline
function momentum<T>(p: usize, g: usize, m: usize, count: usize, mu: T, eta: T, share: T, l2: T): void {
  const muV = v128.splat<T>(mu), etaV = v128.splat<T>(eta), shareV = v128.splat<T>(share), l2V = v128.splat<T>(l2);
  const bytes = count * sizeof<T>();
  let i: usize = 0;
  for (; i + HALF <= bytes; i += HALF) momentumAt<T>(p + i, g + i, m + i, muV, etaV, shareV, l2V, true);
  for (; i < bytes; i += sizeof<T>()) momentumAt<T>(p + i, g + i, m + i, muV, etaV, shareV, l2V, false);
}

/** slope = g/B + λ·p, m += (slope − m)·(1 − β₁), v += (slope² − v)·(1 − β₂), p −= η·m / (√v + ε). */
@inline
function adamAt<T>(
  p: usize, g: usize, m: usize, v: usize, eta: v128, share: v128, l2: v128, fresh1: v128, fresh2: v128, epsilon: v128,
  isWhole: bool,
): void {
  const parameter = get<T>(p, isWhole);
  const slope = v128.add<T>(v128.mul<T>(get<T>(g, isWhole), share), v128.mul<T>(parameter, l2));
  let mean = get<T>(m, isWhole);
  mean = v128.add<T>(mean, v128.mul<T>(v128.sub<T>(slope, mean), fresh1));
  let square = get<T>(v, isWhole);
  square = v128.add<T>(square, v128.mul<T>(v128.sub<T>(v128.mul<T>(slope, slope), square), fresh2));
  const step = v128.div<T>(v128.mul<T>(mean, eta), v128.add<T>(v128.sqrt<T>(square), epsilon));
  put<T>(m, mean, isWhole);
  put<T>(v, square, isWhole);
  put<T>(p, v128.sub<T>(parameter, step), isWhole);
}

@inline
function adam<T>(
  p: usize, g: usize, m: usize, v: usize, count: usize, eta: T, share: T, l2: T, fresh1: T, fresh2: T, epsilon: T,
): void {
  const etaV = v128.splat<T>(eta), shareV = v128.splat<T>(share), l2V = v128.splat<T>(l2);
  const fresh1V = v128.splat<T>(fresh1), fresh2V = v128.splat<T>(fresh2), epsilonV = v128.splat<T>(epsilon);
  const bytes = count * sizeof<T>();
  let i: usize = 0;
  for (; i + HALF <= bytes; i += HALF)
    adamAt<T>(p + i, g + i, m + i, v + i, etaV, shareV, l2V, fresh1V, fresh2V, epsilonV, true);
  for (; i < bytes; i += sizeof<T>())
    adamAt<T>(p + i, g + i, m + i, v + i, etaV, shareV, l2V, fresh1V, fresh2V, epsilonV, false);
}

/** The value if the input is above 0, else the value times the slope. */
@inline
function rectifyAt<T>(input: usize, value: usize, result: usize, slope: v128, isWhole: bool): void {
  const x = get<T>(value, isWhole);
  const isAbove = v128.gt<T>(get<T>(input, isWhole), v128.splat<T>(0));
  put<T>(result, v128.bitselect(x, v128.mul<T>(x, slope), isAbove), isWhole);
}

@inline
function rectify<T>(input: usize, value: usize, result: usize, count: usize, slope: T): void {
  const slopeV = v128.splat<T>(slope);
  const bytes = count * sizeof<T>();
  let i: usize = 0;
  for (; i + HALF <= bytes; i += HALF) rectifyAt<T>(input + i, value + i, result + i, slopeV, true);
  for (; i < bytes; i += sizeof<T>()) rectifyAt<T>(input + i, value + i, result + i, slopeV, false);
}

/** Parameters, gradients, last steps; momentum, learning rate, 1 / B, decay. */
export function momentum32(p: usize, g: usize, m: usize, count: usize, mu: f32, eta: f32, share: f32, l2: f32): void {
  momentum<f32>(p, g, m, count, mu, eta, share, l2);
}

/** Float64; as `momentum32`. */
export function momentum64(p: usize, g: usize, m: usize, count: usize, mu: f64, eta: f64, share: f64, l2: f64): void {
  momentum<f64>(p, g, m, count, mu, eta, share, l2);
}

/** Parameters, gradients, means, means of squares; as `momentum32`, then 1 − β₁, 1 − β₂ and ε. */
export function adam32(
  p: usize, g: usize, m: usize, v: usize, count: usize, eta: f32, share: f32, l2: f32, fresh1: f32, fresh2: f32, epsilon: f32,
): void {
  adam<f32>(p, g, m, v, count, eta, share, l2, fresh1, fresh2, epsilon);
}

/** Float64; as `adam32`. */
export function adam64(
  p: usize, g: usize, m: usize, v: usize, count: usize, eta: f64, share: f64, l2: f64, fresh1: f64, fresh2: f64, epsilon: f64,
): void {
  adam<f64>(p, g, m, v, count, eta, share, l2, fresh1, fresh2, epsilon);
}

/** See `rectifyAt`. */
export function rectify32(input: usize, value: usize, result: usize, count: usize, slope: f32): void {
  rectify<f32>(input, value, result, count, slope);
}

/** Float64; as `rectify32`. */
export function rectify64(input: usize, value: usize, result: usize, count: usize, slope: f64): void {
  rectify<f64>(input, value, result, count, slope);
}
