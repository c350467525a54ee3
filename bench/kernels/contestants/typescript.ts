import { serve } from '../contest/serve.ts';
import { explicitForm } from '../nn/explicitForm.ts';
import { prepareWithNn } from '../nn/prepareWithNn.ts';

/** `nn` on the backend that it has without any: tidy loops in TypeScript. */
await serve(() => ({
  version: `Node ${process.versions.node}`,
  prepare: (what) => prepareWithNn(what, Float32Array, explicitForm),
}));
