import { createRequire } from 'node:module';

const require = createRequire(new URL('../../peers/package.json', import.meta.url));

/**
 * Loads a package of `bench/peers`, which may be missing.
 *
 * @throws Error saying that it is not installed
 */
export function requirePeer<Module>(name: string): Module {
  try {
    return require(name) as Module;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    throw isMissing ? new Error('not installed: npm install --prefix bench/peers') : error;
  }
}

/** The version of an installed package of `bench/peers`. */
export const peerVersion = (name: string): string => requirePeer<{ version: string }>(`${name}/package.json`).version;
