import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import { html } from '../../report/html/html.ts';
import type { DeskContext, DeskEnv } from '../DeskEnv.ts';
import { document } from '../frame/document.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { plainAnswer } from '../frame/plainAnswer.ts';
import { AddressQueues } from './AddressQueues.ts';
import { cookieName, keyIn } from './guard.ts';
import { signInName } from './credentials.ts';
import { isPassword } from './passwords.ts';
import type { Sessions, StoredPasswordOf } from './Sessions.ts';

/** A wrong password costs a second, and those of one address are tried one after another: guessing them takes years. */
const WRONG_MS = 1000;

/** So that no sign-in costs much; names and passwords are shorter, in whatever form they are typed. */
const MOST_CHARACTERS = 5000;
const SignIn = z.object({
  name: z.string().max(MOST_CHARACTERS).transform(signInName),
  password: z.string().max(MOST_CHARACTERS),
});

/** The ways in: a link that works once, and, if people have passwords, a form. */
export function signInRoutes(sessions: Sessions, storedOf: StoredPasswordOf | undefined): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get('/enter', (c) => {
    const key = sessions.follow(c.req.query('token') ?? '');
    if (key !== undefined) return letIn(c, key);
    return plainAnswer(c, 403, 'This link is unknown or was used before. Start grade desk again for a new one.');
  });
  if (!storedOf) return app;
  const queues = new AddressQueues();
  app.get('/sign-in', (c) => c.html(signInPage('')));
  app.post('/sign-in', async (c) => {
    const { name, password } = await fieldsOf(c, SignIn);
    const tried = queues.run(addressOf(c), async () => {
      const stored = await storedOf(name);
      if (await isPassword(password, stored)) return sessions.begin(name, stored);
      await sleep(WRONG_MS);
      return undefined;
    });
    if (!tried) return c.html(signInPage('Too many attempts at once; wait some seconds and try again.'), 429);
    const key = await tried;
    if (key !== undefined) return letIn(c, key);
    return c.html(signInPage('This name and password do not belong together.'), 403);
  });
  return app;
}

/** The way out. Nothing of the session is left, here or in the browser. */
export const signOutRoute = (sessions: Sessions, storedOf: StoredPasswordOf | undefined): Hono<DeskEnv> =>
  new Hono<DeskEnv>().post('/', (c) => {
    sessions.end(keyIn(c));
    deleteCookie(c, cookieName(c.req.header('host') ?? ''), { path: '/' });
    return storedOf
      ? c.redirect('/sign-in', 303)
      : plainAnswer(c, 200, 'You are signed out. Start grade desk again for a new link.');
  });

/** Who sends a request; without a network, nobody in particular. */
const addressOf = ({ env }: { readonly env?: DeskEnv['Bindings'] }): string =>
  env?.incoming?.socket.remoteAddress ?? '';

function letIn(c: DeskContext, key: string): Response {
  setCookie(c, cookieName(c.req.header('host') ?? ''), key, { httpOnly: true, sameSite: 'Strict', path: '/' });
  return c.redirect('/', 303);
}

const signInPage = (problem: string): string =>
  document(
    'Sign in',
    html`<main>
      <h1>The desk</h1>
      <p role="alert">${problem}</p>
      <form method="post" action="/sign-in" class="narrow">
        <label>Name <input name="name" autocomplete="username" required autofocus /></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
        <button>Sign in</button>
      </form>
    </main>`,
  );
