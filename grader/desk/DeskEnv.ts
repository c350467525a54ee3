import type { Context } from 'hono';
import type { Session } from './access/Sessions.ts';

/** What the guards find out about a request. */
export interface DeskEnv {
  Variables: { session: Session };
}

export type DeskContext = Context<DeskEnv>;
