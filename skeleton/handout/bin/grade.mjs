#!/usr/bin/env node
// The assignment's sources and ours are TypeScript: Node needs a loader before it imports them.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
