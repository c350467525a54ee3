'use strict';
// The assignment's sources and ours are TypeScript: Node needs a loader before it imports them.
void import('tsx/esm/api').then(({ register }) => {
  register();
  return import('../src/main.ts');
});
