import type { GeometryRecord } from '../../model/evidence.ts';

/** `B=2 InY=5 InX=7 …`, in the order given. */
export function geometryText(geometry: GeometryRecord): string {
  return Object.entries(geometry)
    .map(([name, size]) => `${name}=${size}`)
    .join(' ');
}
