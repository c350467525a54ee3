import type { WasmMemory, WebAssemblyApi } from './WebAssemblyApi.ts';

/**
 * The exports of a module of kernels on a memory, compiled synchronously: 20 KB take a few milliseconds.
 *
 * @param binary - in base64, so that it can be bundled into a process that reads no file
 * @param functions - what else the module imports
 */
export const instantiate = (
  api: WebAssemblyApi,
  binary: string,
  memory: WasmMemory,
  functions: Readonly<Record<string, unknown>> = {},
): object => new api.Instance(new api.Module(decodeBase64(binary)), { env: { memory, ...functions } }).exports;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Written out, because a realm with ECMAScript alone has no `atob`. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const length = text.length * 0.75 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  const bytes = new Uint8Array(length);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((j) => Math.max(0, ALPHABET.indexOf(text[i + j])));
    const word = (a << 18) | (b << 12) | (c << 6) | d;
    for (const shift of [16, 8, 0]) if (at < length) bytes[at++] = (word >> shift) & 255;
  }
  return bytes;
}
