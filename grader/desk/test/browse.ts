import type { openDesk } from '../openDesk.ts';

type App = ReturnType<typeof openDesk>;

/** What a browser does for somebody who is signed in. */
export interface Browsing {
  readonly cookie: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The text of a page that must be there. */
  read(path: string): Promise<string>;
  /** Sends a form of a page, with its hidden fields. */
  send(
    page: string,
    fields: Readonly<Record<string, string | File | readonly string[]>>,
    to?: string,
  ): Promise<Response>;
}

/** Follows a link, and keeps the cookie. */
export async function browse(app: App, token: string, host: string): Promise<Browsing> {
  const entered = await app.request(`/enter?token=${token}`, { headers: { host } });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0];
  const get: Browsing['get'] = async (path, headers = {}) =>
    app.request(path, { headers: { host, cookie, ...headers } });
  const read: Browsing['read'] = async (path) => {
    const answer = await get(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  };
  return {
    ...{ cookie, get, read },
    async send(page, fields, to = page) {
      const body = new FormData();
      const all = { ...hiddenFields(await read(page)), ...fields };
      for (const [name, value] of Object.entries(all))
        for (const each of [value].flat() as (string | File)[]) body.append(name, each);
      return app.request(to, { method: 'POST', body, headers: { host, cookie, origin: `http://${host}` } });
    },
  };
}

/** Of the first form of the page itself, or else of the one to sign out; the last of several of one name. */
export function hiddenFields(page: string): Record<string, string> {
  const forms = page.match(/<form method="post".*?<\/form>/gsu) ?? [];
  const form = forms.find((each) => !each.includes('action="/sign-out"')) ?? forms[0] ?? '';
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)];
  return Object.fromEntries(inputs.map(([, name, value]) => [name, value]));
}
