import { createHash, randomBytes } from 'node:crypto';

/** Somebody who works at the desk in one browser. */
export interface Session {
  /** Who it is; everything that is given carries this name. */
  readonly by: string;
  /** In every form: another site can send a form, but does not know it. */
  readonly formToken: string;
  readonly endsAt: number;
  /** What was stored of the password that began it; undefined if a link did. */
  readonly stored: string | undefined;
}

const HOURS = 12;

/**
 * What is stored of somebody's password; undefined if no one of this name may sign in.
 *
 * @param name - of the person
 */
export type StoredPasswordOf = (name: string) => Promise<string | undefined>;

/**
 * Who is signed in. Keys and tokens are kept as digests only, so looking one up takes the same time for all. A session
 * that a password began ends when the password is changed, or its owner may not sign in any more.
 */
export class Sessions {
  readonly #links = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();
  readonly #storedOf: StoredPasswordOf | undefined;

  /** @param storedOf - if people sign in with passwords */
  constructor(storedOf?: StoredPasswordOf) {
    this.#storedOf = storedOf;
  }

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

  /**
   * @param stored - what is stored of the password that was given
   * @returns the key for the cookie
   */
  begin(by: string, stored?: string): string {
    const key = secret();
    const endsAt = Date.now() + HOURS * 3_600_000;
    this.#sessions.set(digestOf(key), { by, formToken: secret(), endsAt, stored });
    return key;
  }

  /** The session of a cookie, if it has not ended. */
  async of(key: string | undefined): Promise<Session | undefined> {
    const session = key === undefined ? undefined : this.#sessions.get(digestOf(key));
    if (!session || (await this.#isValid(session))) return session;
    this.end(key);
    return undefined;
  }

  /** Ends the session of a cookie: a copy of the cookie is worth nothing from then on. */
  end(key: string | undefined): void {
    if (key !== undefined) this.#sessions.delete(digestOf(key));
  }

  async #isValid({ by, endsAt, stored }: Session): Promise<boolean> {
    if (endsAt <= Date.now()) return false;
    return stored === undefined || (await this.#storedOf?.(by)) === stored;
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
