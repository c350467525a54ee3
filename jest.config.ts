/**
 * The project's own tests: TypeScript from source, as ES modules (`npm test` sets the flag that Jest needs for those).
 * Node 22.18 and newer load this file themselves; the pragma is for Node 20.
 *
 * @jest-config-loader esbuild-register
 */
import type { Config } from 'jest';

const config: Config = {
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/skeleton/([^/]+/)?test/', '<rootDir>/.cache/'],
  modulePathIgnorePatterns: ['<rootDir>/.cache/'],
  testEnvironment: './jest.environment.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/jest.transform.mjs' },
  // Ends what hangs; a loaded machine takes ten times as long as an idle one.
  testTimeout: 300_000,
  testSequencer: './jest.sequencer.mjs',
  // Tests wait for processes of their own more than they compute: all cores, and not all but one.
  maxWorkers: '100%',
  // On a loaded machine a worker needs longer to exit than Jest's half second, and is then said to leak.
  workerGracefulExitTimeout: 10_000,
  // Each concurrent test grades a submission in processes of its own, and waits for them a third of its time.
  maxConcurrency: 2,
};

export default config;
