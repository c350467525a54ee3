import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Session } from './access/Sessions.ts';

/** What the guards find out about a request. */
export interface DeskEnv {
  /** Of Node's server; tests call the desk without one. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    session: Session;
    /** Whether the session goes on: somebody may sign out while an answer is still being sent. */
    isSignedIn: () => Promise<boolean>;
  };
}

export type DeskContext = Context<DeskEnv>;
