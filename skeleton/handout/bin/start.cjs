'use strict';
// The sources are TypeScript, the assignment's as well as ours: Node has to be told so before it loads them.
void import('tsx/esm/api').then(({ register }) => {
  register();
  return import('../src/main.ts');
});
