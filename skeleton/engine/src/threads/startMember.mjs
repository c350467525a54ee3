// The sources are TypeScript: a thread, like a process, needs the loader before it imports them.
import { register } from 'tsx/esm/api';

register();
await import('./member.ts');
