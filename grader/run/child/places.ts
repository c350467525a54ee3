/**
 * Where in the submission's script an exception arose. V8 is asked for the stack's call sites, which lead to functions
 * of the host, so student code never gets them: for it every stack is empty.
 *
 * This follows the rules of `serve.ts`.
 */

/** Under this name V8 knows the submission's script. */
export const SUBMISSION_SCRIPT = 'submission.js';

const { apply } = Reflect;
const { charCodeAt } = String.prototype;
const [ZERO, COLON, COMMA] = [48, 58, 44];

interface CallSite {
  getFileName(): unknown;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

let isAsked = false;

/** Called by V8 in place of Node's own function when the stack of an exception is first read. */
export function onStack(_realm: unknown, _error: unknown, sites: readonly CallSite[]): string {
  if (!isAsked) return '';
  let places = '';
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i];
    if (site.getFileName() !== SUBMISSION_SCRIPT) continue;
    places += `${places === '' ? '' : ','}${site.getLineNumber()}:${site.getColumnNumber()}`;
  }
  return places;
}

/** `12:5,40:1`, lines and columns from the innermost call on; empty if the exception has no stack, or one of its own. */
export function placesOf(thrown: unknown): string {
  isAsked = true;
  try {
    const { stack } = thrown as Error;
    return typeof stack === 'string' && isList(stack) ? stack : '';
  } finally {
    isAsked = false;
  }
}

function isList(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = apply(charCodeAt, text, [i]) as number;
    if (!((code >= ZERO && code <= COLON) || code === COMMA)) return false;
  }
  return text.length < 400;
}
