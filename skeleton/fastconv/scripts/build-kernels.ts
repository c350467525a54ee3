import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kernelsSource } from '../../engine/scripts/compileKernels.ts';

const TARGET = fileURLToPath(new URL('../src/wasm/binaries.ts', import.meta.url));

writeFileSync(TARGET, await kernelsSource('fastconv'));
