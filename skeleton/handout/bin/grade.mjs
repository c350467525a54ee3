#!/usr/bin/env node
// The sources are TypeScript, the assignment's as well as ours: Node has to be told so before it loads them.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
