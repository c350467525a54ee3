import { createHash } from 'node:crypto';
import { type Html, html, trusted } from '../html/html.ts';
import { STYLE } from '../html/style.ts';
import { CLASS_SCRIPT } from './classScript.ts';
import { CLASS_STYLE } from './classStyle.ts';

/** The policy names the one script by its digest: any other script that got into the page would not run. */
const SCRIPT_DIGEST = `sha256-${createHash('sha256').update(CLASS_SCRIPT).digest('base64')}`;

/** The class report's document: as a score report's, with a script that sorts and filters the table of students. */
export function classPage(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '${trusted(SCRIPT_DIGEST)}'"
        />
        <title>${title}</title>
        <style>
          ${trusted(STYLE + CLASS_STYLE)}
        </style>
      </head>
      <body>
        ${body} ${trusted(`<script>${CLASS_SCRIPT}</script>`)}
      </body>
    </html> `.markup;
}
