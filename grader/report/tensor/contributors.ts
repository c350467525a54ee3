import type { Counterexample, GeometryRecord, Tensor } from '../../model/evidence.ts';
import { type Indices, indicesOf } from './indices.ts';
import type { Origin } from './padded.ts';

/** Which elements of an input have to do with a counterexample's first wrong element. */
export interface Contributors {
  /** What of an image the kernel sees there. */
  readonly patch: ReadonlySet<number>;
  /** What the element is made of; empty where that is all. */
  readonly used: ReadonlySet<number>;
}

/**
 * Axes of the same name run together, in all of an assignment's arrays; output pixel o and kernel element f meet image
 * pixel o·S − P + f. So the names alone tell what an element is made of.
 *
 * @param origin - where the input's axes begin
 */
export function contributors(evidence: Counterexample, input: Tensor, origin: Origin = {}): Contributors {
  const { expected, wrongIndex, geometry = {} } = evidence;
  const [patch, used] = [new Set<number>(), new Set<number>()];
  if (!expected || wrongIndex === undefined) return { patch, used };
  const wrong = indicesOf(expected.axes, wrongIndex);
  if (!input.axes.some(({ name }) => isTied(name, wrong))) return { patch, used };
  input.values.forEach((_, flat) => {
    const at = indicesOf(input.axes, flat, origin);
    if (Object.entries(at).some(([name, index]) => name in wrong && wrong[name] !== index)) return;
    if (!['y', 'x'].every((side) => isSeen(side, { ...wrong, ...at }, geometry))) return;
    patch.add(flat);
    if (['y', 'x'].every((side) => isMet(side, { ...wrong, ...at }, geometry))) used.add(flat);
  });
  const isImage = input.axes.some(({ name }) => name === 'iy');
  return { patch: isImage ? patch : new Set(), used: used.size < input.values.length ? used : new Set() };
}

const isTied = (name: string, wrong: Indices): boolean =>
  name in wrong || (/^[iof][yx]$/.test(name) && Object.keys(wrong).some((other) => /^[iof][yx]$/.test(other)));

/** True unless the pixel lies outside of what the kernel covers at the output pixel. */
function isSeen(side: string, at: Indices, geometry: GeometryRecord): boolean {
  const f = offsetOf(side, at, geometry);
  return f === undefined || (f >= 0 && f < (geometry[`Kn${side.toUpperCase()}`] ?? Infinity));
}

/** True unless the kernel element at the output pixel meets another pixel. */
function isMet(side: string, at: Indices, geometry: GeometryRecord): boolean {
  const f = offsetOf(side, at, geometry);
  return f === undefined || at[`f${side}`] === undefined || at[`f${side}`] === f;
}

/** Which element of the kernel meets the pixel; undefined where one of the two is not known. */
function offsetOf(side: string, at: Indices, geometry: GeometryRecord): number | undefined {
  const [i, o] = [at[`i${side}`], at[`o${side}`]];
  if (i === undefined || o === undefined) return undefined;
  return i - o * (geometry[`S${side}`] ?? 1) + (geometry[`P${side}`] ?? 0);
}
