import { expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { findSandbox } from '../isolation/findSandbox.ts';
import { SubmissionFault } from '../model/examination.ts';
import { ChildSession } from '../run/ChildSession.ts';
import { bundleSubmission } from './bundleSubmission.ts';
import { findToolchain } from './findToolchain.ts';
import { mergeFiles } from './mergeFiles.ts';
import { PlacedBundle } from './PlacedBundle.ts';
import { runtimeBundles } from './runtimeBundles.ts';

const assignment = assignmentOf('conv2d-gemm');
const reference = deliverablesIn(assignment, assignment.folders.reference);
const PATH = 'src/Im2MatLayer.ts';
const sandbox = await findSandbox(ROOT);

/** What is said about the first call of Im2Mat if its body begins with some lines. */
async function messageWith(lines: string, before = ''): Promise<{ message: string; line: number }> {
  const text = before + reference.get(PATH)!.replace(/Im2Mat\(INP[^{]*\{\n/, `$&${lines}\n`);
  const files = mergeFiles(assignment, new Map([...reference, [PATH, text]]));
  const bundle = new PlacedBundle(await bundleSubmission(findToolchain(ROOT, sandbox), assignment, files), assignment);
  expect(Buffer.from(bundle.code).toString()).not.toContain('sourceMappingURL');
  const settings = { sandbox, programs: await runtimeBundles(ROOT, assignment), limits: assignment.limits };
  const session = await ChildSession.open({ ...settings, gemm: { kind: 'wasm', files: [] } }, bundle.code);
  const line = text.split('\n').findIndex((each) => each.includes('HERE')) + 1;
  try {
    const geometry = {
      B: 1,
      InY: 2,
      InX: 2,
      InC: 1,
      KnY: 2,
      KnX: 2,
      KnC: 1,
      Sy: 1,
      Sx: 1,
      Py: 0,
      Px: 0,
      OpY: 1,
      OpX: 1,
    };
    await session.call({
      name: 'Im2Mat',
      options: geometry,
      inputs: [new Float64Array(4)],
      outputs: [{ dtype: 'float64', length: 4 }],
    });
    return { message: 'nothing was thrown', line };
  } catch (error) {
    if (!(error instanceof SubmissionFault)) throw error;
    return { message: bundle.messageOf(error), line };
  } finally {
    session.close();
  }
}

test.each([
  ['throw new TypeError("oh no"); // HERE', '', 'TypeError: oh no'],
  [
    '\n\nconst nothing: any = undefined; nothing.length; // HERE',
    '',
    "TypeError: Cannot read properties of undefined (reading 'length')",
  ],
  ['help();', '// é\nconst help = (): void => { throw new RangeError("deep"); }; // HERE\n', 'RangeError: deep'],
  ['OUT.subarray(0).map(() => { throw new Error("in a callback"); }); // HERE', '', 'Error: in a callback'],
  ['new Float64Array(-1); // HERE', '', 'RangeError: Invalid typed array length: -1'],
])('%s', async (lines, before, what) => {
  const { message, line } = await messageWith(lines, before);
  expect(message).toBe(`${what} (${PATH}:${line})`);
});

test.each([
  ['a string', 'throw "oh no";', 'undefined: undefined'],
  ['an exception of its own making', 'throw { name: "Error", message: "own", stack: "<b>1:1</b>" };', 'Error: own'],
  ['a false place', 'throw { name: "Error", message: "own", stack: "999999:1" };', 'Error: own'],
  [
    'a stack that throws',
    'throw { name: "Error", message: "own", get stack() { throw 1; } };',
    'an exception that cannot be printed',
  ],
  ['a stack without end', 'throw { name: "Error", message: "own", stack: "1".repeat(1e6) };', 'Error: own'],
])('%s has no place', async (_, lines, message) => expect((await messageWith(lines)).message).toBe(message));

test('student code sees no stack, not even while its exception is described', async () => {
  const { message } = await messageWith(
    'throw new Error(String(new Error("x").stack) + (Error as any).prepareStackTrace); // HERE',
  );
  expect(message).toMatch(/^Error: undefined \(src/);
  const spy =
    'const e = new Error(""); Object.defineProperty(e, "message", { get: () => "seen " + new Error().stack }); throw e; // HERE';
  expect((await messageWith(spy)).message).toMatch(/^Error: seen {1,2}\(src/);
});
