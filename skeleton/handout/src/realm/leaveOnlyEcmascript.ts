import { AVAILABLE } from './globals.ts';

/**
 * Deletes from a realm what a deliverable may not use, and silences its console.
 *
 * @param realm - its global object
 */
export function leaveOnlyEcmascript(realm: typeof globalThis = globalThis): void {
  const { console } = realm;
  for (const name of Object.getOwnPropertyNames(console)) Object.assign(console, { [name]: () => {} });
  for (const name of Reflect.ownKeys(realm)) if (!AVAILABLE.has(name)) Reflect.deleteProperty(realm, name);
}
