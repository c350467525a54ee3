import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const { readAssignment } = await tsImport('../assignment.ts', import.meta.url);
const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Jest's settings for the public tests of the assignment in a folder. */
export function jestConfig(folder) {
  const deliverables = readAssignment(folder).deliverables.map(({ path }) => path);
  return {
    rootDir: folder,
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    globalSetup: fileOf('requireModules.mjs'),
    setupFiles: [fileOf('setup.ts')],
    transform: { '\\.ts$': [fileOf('transform.mjs'), { deliverables }] },
  };
}
