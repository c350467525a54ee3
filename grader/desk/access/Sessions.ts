import { createHash, randomBytes } from 'node:crypto';

/** Somebody who works at the desk in one browser. */
export interface Session {
  /** Who it is; everything that is given carries this name. */
  readonly by: string;
  /** In every form: another site can send a form, but does not know it. */
  readonly formToken: string;
  readonly endsAt: number;
}

const HOURS = 12;

/** Who is signed in. Keys and tokens are kept as digests only, so looking one up takes the same time for all. */
export class Sessions {
  readonly #links = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();

  /** A token that begins one session. */
  newLink(by: string): string {
    const token = secret();
    this.#links.set(digestOf(token), by);
    return token;
  }

  /**
   * Begins the session of a link.
   *
   * @returns the key for the cookie; undefined if the token is unknown or was used before
   */
  follow(token: string): string | undefined {
    const digest = digestOf(token);
    const by = this.#links.get(digest);
    this.#links.delete(digest);
    return by === undefined ? undefined : this.begin(by);
  }

  /** @returns the key for the cookie */
  begin(by: string): string {
    const key = secret();
    this.#sessions.set(digestOf(key), { by, formToken: secret(), endsAt: Date.now() + HOURS * 3_600_000 });
    return key;
  }

  /** The session of a cookie, if it has not ended. */
  of(key: string | undefined): Session | undefined {
    const session = key === undefined ? undefined : this.#sessions.get(digestOf(key));
    return session && session.endsAt > Date.now() ? session : undefined;
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
