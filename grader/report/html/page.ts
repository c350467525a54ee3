import { createHash } from 'node:crypto';
import { type Html, html, trusted } from './html.ts';
import { STYLE } from './style.ts';

/** What a page has in addition to the style of all pages. */
interface Extras {
  readonly style?: string;
  readonly script?: string;
}

/**
 * A whole document around its body. The policy names the script by its digest: any other script that got into the page
 * would not run.
 */
export function page(title: string, body: Html, { style = '', script }: Extras = {}): string {
  const policy = script === undefined ? '' : `; script-src 'sha256-${digestOf(script)}'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:${trusted(policy)}"
        />
        <title>${title}</title>
        <style>
          ${trusted(STYLE + style)}
        </style>
      </head>
      <body>
        ${body} ${script !== undefined && trusted(`<script>${script}</script>`)}
      </body>
    </html> `.markup;
}

const digestOf = (script: string): string => createHash('sha256').update(script).digest('base64');
