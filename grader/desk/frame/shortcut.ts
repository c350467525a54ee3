import { type Html, html } from '../../report/html/html.ts';

/**
 * The attributes of a link, a button or a field that a key reaches.
 *
 * @param key - a capital letter, a digit or the name of an arrow, which is pressed together with Alt
 */
export const shortcut = (key: string): Html => html`aria-keyshortcuts="Alt+${key}" title="Alt+${key}"`;

/** The same for a button with consequences: the key only leads to it, and Enter presses it. */
export const shortcutTo = (key: string): Html =>
  html`aria-keyshortcuts="Alt+${key}" title="Alt+${key}, Enter" data-focus`;

/** The attributes for the first nine of a list: the key is its number. Others have no key. */
export const digitOf = (at: number): Html | undefined => (at < 9 ? shortcut(String(at + 1)) : undefined);
