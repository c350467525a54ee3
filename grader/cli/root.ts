import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of im2grade. The bundle that `start.mjs` makes keeps the `import.meta.url` of the sources in this folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
