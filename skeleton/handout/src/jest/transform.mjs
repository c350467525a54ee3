import { tsImport } from 'tsx/esm/api';

// Jest loads a transformer by Node alone, which may not read TypeScript.
const { processAsync } = await tsImport('./transform.ts', import.meta.url);
export default { processAsync };
