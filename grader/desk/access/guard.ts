import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Desk } from '../Desk.ts';
import type { DeskContext, DeskEnv } from '../DeskEnv.ts';
import { formOf } from '../frame/formOf.ts';
import { plainAnswer } from '../frame/plainAnswer.ts';
import type { Sessions } from './Sessions.ts';

/**
 * What a browser lets a page of ours do: no script, style or request of anyone else's. Attributes may set a style, because
 * charts do; texts of students cannot become attributes.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Without a referrer, browsers would not name the origin of our own forms.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const isReading = ({ req: { method } }: DeskContext): boolean => method === 'GET' || method === 'HEAD';

/** Gives every answer, refusals as well, the headers of the desk. */
export const withHeaders: MiddlewareHandler<DeskEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
};

/**
 * Refuses requests for another host: a foreign name that leads to this machine would make its pages ours (DNS rebinding).
 * What changes something must come from a page of this host.
 *
 * @param hosts - with the port, as browsers name them
 */
export const onlyOwnHost =
  (hosts: () => readonly string[]): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!hosts().includes(host)) return plainAnswer(c, 421, 'This is not the address of the desk.');
    if (!isReading(c) && c.req.header('origin') !== `http://${host}`)
      return plainAnswer(c, 403, 'This form is not of a page of the desk.');
    return next();
  };

/** The name of the cookie: other servers of the same host, on other ports, have other cookies. */
export const cookieName = (host: string): string => `im2grade-desk-${/:(\d+)$/u.exec(host)?.[1] ?? '80'}`;

/** The key of the session that a request belongs to. */
export const keyIn = (c: DeskContext): string | undefined => getCookie(c, cookieName(c.req.header('host') ?? ''));

/** Lets only people in who are signed in. */
export const onlySignedIn =
  (
    sessions: Sessions,
    refuse: (c: Parameters<MiddlewareHandler<DeskEnv>>[0]) => Response,
  ): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const key = keyIn(c);
    const session = await sessions.of(key);
    if (!session) return refuse(c);
    c.set('session', session);
    c.set('isSignedIn', async () => (await sessions.of(key)) !== undefined);
    return next();
  };

/** Refuses to change anything in a desk that only shows. */
export const onlyChanges =
  ({ isReadOnly }: Desk): MiddlewareHandler<DeskEnv> =>
  async (c, next) =>
    isReadOnly && !isReading(c) ? plainAnswer(c, 403, 'This desk only shows: it was opened with --read-only.') : next();

/** Refuses forms without the token of their session. */
export const onlyOwnForms: MiddlewareHandler<DeskEnv> = async (c, next) => {
  if (isReading(c)) return next();
  const { token } = await formOf(c);
  if (token !== c.get('session').formToken)
    return plainAnswer(c, 403, 'This form is of an earlier session. Go back, reload the page and send it again.');
  return next();
};
