import { chooseGemm, GemmChoiceError } from '@im2grade/engine/run';
import { expect, test } from '@jest/globals';
import { assignmentOf, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import { findSandbox } from '../isolation/findSandbox.ts';
import { ChildSession } from './ChildSession.ts';
import { gemmWithFiles } from './gemm.ts';

/** A submission that multiplies two numbers with the backend that the library was given. */
const BUNDLE = `var submission = (() => {
  let backend;
  const multiply = ({ inputs: [a, b], outputs: [c] }) => backend.multiply('N', 'N', 1, 1, 1, 1, a, 1, b, 1, 0, c, 1);
  return { entry: { multiply }, useRuntime(runtime) { ({ backend } = runtime); } };
})();`;

const offered = ['ts', 'wasm', 'openblas'].filter((name) => {
  try {
    return chooseGemm(name);
  } catch (error) {
    if (error instanceof GemmChoiceError) return false;
    throw error;
  }
});

test.each(offered)('gemm by %s finds everything that it needs in the strictest sandbox', async (name) => {
  const sandbox = await findSandbox(ROOT);
  const gemm = await gemmWithFiles(ROOT, sandbox, chooseGemm(name));
  const programs = await runtimeBundles(ROOT, assignmentOf('conv2d-gemm'));
  const limits = { loadSeconds: 4, callSeconds: 2, memoryMiB: 256 };
  const session = await ChildSession.open({ sandbox, programs, limits, gemm }, new TextEncoder().encode(BUNDLE));
  const { outputs } = await session.call({
    name: 'multiply',
    options: {},
    inputs: [Float64Array.of(6), Float64Array.of(7)],
    outputs: [{ dtype: 'float64', length: 1 }],
  });
  expect([...outputs[0]]).toEqual([42]);
  session.close();
});
