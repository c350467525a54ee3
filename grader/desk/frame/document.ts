import { type Html, html } from '../../report/html/html.ts';

/** A whole document around its body. Style and script are files of the desk: its policy allows no others. */
export const document = (title: string, body: Html): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/desk.css" />
        <link rel="icon" href="data:," />
        <script src="/desk.js" defer></script>
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
