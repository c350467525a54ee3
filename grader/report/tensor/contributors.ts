import type { Counterexample, GeometryRecord, Tensor } from '../../model/evidence.ts';
import { type Indices, indicesOf } from './indices.ts';
import type { Origin } from './padded.ts';

/** The elements of an input that are relevant to a counterexample's first wrong element. */
export interface Contributors {
  /** The part of an image that the kernel covers there. */
  readonly patch: ReadonlySet<number>;
  /** The elements on which the wrong one depends. */
  readonly used: ReadonlySet<number>;
}

/**
 * Axes of the same name run together in all arrays of an assignment; output pixel o and kernel element f meet image
 * pixel o·S − P + f. So the names alone determine the elements on which another one depends, padding included. If pixels
 * have other names, it is what was tried.
 *
 * @param origin - where the input's axes begin
 */
export function contributors(evidence: Counterexample, input: Tensor, origin: Origin = {}): Contributors {
  const { expected, wrongIndex, geometry = {} } = evidence;
  const [patch, used] = [new Set<number>(), new Set<number>()];
  if (!expected || wrongIndex === undefined) return { patch, used };
  const wrong = indicesOf(expected.axes, wrongIndex);
  if (input.used && !Object.keys(wrong).some(isOfPixels)) return { patch, used: new Set(input.used) };
  if (!input.axes.some(({ name }) => isTied(name, wrong))) return { patch, used };
  input.values.forEach((_, flat) => {
    const at = indicesOf(input.axes, flat, origin);
    if (Object.entries(at).some(([name, index]) => name in wrong && wrong[name] !== index)) return;
    if (!['y', 'x'].every((side) => isSeen(side, { ...wrong, ...at }, geometry))) return;
    patch.add(flat);
    if (['y', 'x'].every((side) => isMet(side, { ...wrong, ...at }, geometry))) used.add(flat);
  });
  const isImage = input.axes.some(({ name }) => name === 'iy');
  return { patch: isImage ? patch : new Set(), used };
}

const isOfPixels = (name: string): boolean => /^[iof][yx]$/.test(name);

const isTied = (name: string, wrong: Indices): boolean =>
  name in wrong || (isOfPixels(name) && Object.keys(wrong).some(isOfPixels));

/** True unless the pixel is outside of what the kernel covers at the output pixel. */
function isSeen(side: string, at: Indices, geometry: GeometryRecord): boolean {
  const f = offsetOf(side, at, geometry);
  return f === undefined || (f >= 0 && f < (geometry[`Kn${side.toUpperCase()}`] ?? Infinity));
}

/** True unless the kernel element at the output pixel meets another pixel. */
function isMet(side: string, at: Indices, geometry: GeometryRecord): boolean {
  const f = offsetOf(side, at, geometry);
  return f === undefined || at[`f${side}`] === undefined || at[`f${side}`] === f;
}

/** The element of the kernel that meets the pixel; undefined if one of the two is not known. */
function offsetOf(side: string, at: Indices, geometry: GeometryRecord): number | undefined {
  const [i, o] = [at[`i${side}`], at[`o${side}`]];
  if (i === undefined || o === undefined) return undefined;
  return i - o * (geometry[`S${side}`] ?? 1) + (geometry[`P${side}`] ?? 0);
}
