import type { Config } from 'jest';

/** The project's own tests: TypeScript from source, as ES modules (`npm test` sets the flag Jest needs for those). */
const config: Config = {
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/skeleton/conv2d-gemm/test/', '/mutants/', '/accepted/', '/examples/'],
  modulePathIgnorePatterns: ['/mutants/', '/accepted/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false, tsconfig: 'tsconfig.json' }] },
  testTimeout: 30_000,
};

export default config;
