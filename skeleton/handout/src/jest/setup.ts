import { defineReplacements } from '../realm/notAvailable.ts';

defineReplacements(globalThis);
