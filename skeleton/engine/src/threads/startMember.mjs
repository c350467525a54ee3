// The sources are TypeScript: a thread, as a process, has to be told so before it loads them.
import { register } from 'tsx/esm/api';

register();
await import('./member.ts');
