import { afterAll, expect, test } from '@jest/globals';
import { runtimeBundles } from '../../../grader/compile/runtimeBundles.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import { ChildSession } from '../../../grader/run/ChildSession.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

const LIMITS = { loadSeconds: 4, callSeconds: 4, memoryMiB: 256 };
const sessions: ChildSession[] = [];
afterAll(() => sessions.forEach((session) => session.close()));

/** A process whose first member writes every number of an array, and whose second does what is given. */
async function doneByRank0(second: string): Promise<ChildSession> {
  const bundle = `
    var submission = (() => {
      let allocate;
      const f = ({ team }) => {
        const array = allocate(Float64Array, 8);
        if (team.rank === 0) array.fill(1);
        else { ${second} }
      };
      return { entry: { f }, useRuntime(runtime) { ({ allocate } = runtime); } };
    })();`;
  const [sandbox, programs] = [await findSandbox(ROOT), await runtimeBundles(ROOT, assignmentOf('conv2d-gemm'))];
  const settings = { sandbox, programs, limits: LIMITS, gemm: { kind: 'wasm', files: [] } } as const;
  const session = await ChildSession.open(settings, new TextEncoder().encode(bundle));
  sessions.push(session);
  return session;
}

/** Long after the first member has returned. */
const LATER = 'for (let i = 0, x = 1; i < 1e8; i++) x = (x * 3 + i) | 0;';

test.each([
  ['writes the same numbers once more', 'array.fill(1);'],
  ['waits and then clears all the memory that members share', `${LATER} new Uint8Array(array.buffer).fill(0, 200e6);`],
  [
    'replaces what a record is made with',
    `Object.defineProperty(Float64Array.prototype, 'length', { get: () => 0 });
     Object.getPrototypeOf(Uint16Array.prototype).set = Float64Array.prototype.fill = () => {};`,
  ],
])('a member that %s has done nothing for the record', async (_, second) => {
  const session = await doneByRank0(second);
  const work = { name: 'f', options: {}, inputs: [], outputs: [], team: 2, isTimed: true, recordsWriters: 8 };
  const { heap } = await session.call(work);
  expect([...heap!.writers]).toEqual(new Array(8).fill(1));
});
