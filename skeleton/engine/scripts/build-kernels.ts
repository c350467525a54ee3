import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kernelsSource } from './compileKernels.ts';

const TARGET = fileURLToPath(new URL('../src/backends/wasm/binaries.ts', import.meta.url));

writeFileSync(TARGET, await kernelsSource('engine'));
