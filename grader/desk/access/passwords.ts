import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { signInPassword } from './credentials.ts';

/** One of the costs that OWASP advises for scrypt: 32 MiB for each attempt. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 } as const;
const BYTES = 32;

/** A password as it is stored: the salt and the key, in base64. */
export async function storedPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('base64')} ${(await keyOf(password, salt)).toString('base64')}`;
}

/**
 * Whether it is the password that was stored. It takes as long if nothing was stored, so that nobody learns which names
 * there are.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [salt, key] = (stored ?? `${'A'.repeat(24)} `).split(' ').map((part) => Buffer.from(part, 'base64'));
  const found = await keyOf(password, salt);
  return stored !== undefined && key.length === BYTES && timingSafeEqual(found, key);
}

const keyOf = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(signInPassword(password), salt, BYTES, COST, (error, key) => (error ? reject(error) : resolve(key))),
  );
