import { provenLanes } from '../doctor/provenLanes.ts';

/**
 * How many submissions of a class may be timed at a time. The machine is examined when it is asked for the first time.
 *
 * @param jobs - how many the user wants to be graded at a time
 * @param note - says if it is one because of the machine
 */
export function lanesFor(jobs: number, note: (line: string) => unknown): () => Promise<number> {
  let lanes: Promise<number> | undefined;
  return () => (lanes ??= jobs === 1 ? Promise.resolve(1) : provenFor(jobs, note));
}

async function provenFor(jobs: number, note: (line: string) => unknown): Promise<number> {
  const { lanes, off } = await provenLanes();
  if (lanes === 1)
    note(
      `times are measured one submission at a time: equal work on all cores differed by ${(100 * off).toFixed(0)} %; other programs may be running`,
    );
  return Math.min(jobs, lanes);
}
