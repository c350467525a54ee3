import type { DeskContext } from '../DeskEnv.ts';

/** A file that the browser saves and never shows. */
export const savedAs = (c: DeskContext, name: string, type: string, text: string): Response =>
  c.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
