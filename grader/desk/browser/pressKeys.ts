/** The system on which Alt is Option, which types characters. */
const IS_MAC = navigator.userAgent.includes('Mac OS');

/**
 * What `aria-keyshortcuts` promises, and Ctrl+Enter: it sends the form in which one writes, or else the one that grades. On a
 * Mac, Ctrl+Option does what Alt does elsewhere; Option alone does so where it would not type anything.
 */
export function pressKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) send(event.target);
    else if (isShortcut(event)) {
      const found = document.querySelector<HTMLElement>(`[aria-keyshortcuts="Alt+${nameOf(event)}"]`);
      if (!found) return;
      use(found);
    } else return;
    event.preventDefault();
  });
}

function isShortcut(event: KeyboardEvent): boolean {
  const { altKey, ctrlKey, metaKey, shiftKey, isComposing, target } = event;
  if (!altKey || metaKey || shiftKey || isComposing || event.getModifierState('AltGraph')) return false;
  // Elsewhere Ctrl+Alt is another name of AltGr, which types characters.
  if (!IS_MAC) return !ctrlKey;
  return ctrlKey || !(target instanceof Element && target.matches('input, textarea'));
}

/**
 * The letter or digit of a key in the layout of the keyboard. `key` would be what Option types, and `code` names the place of
 * the key on an American keyboard; only `keyCode` is the same with and without Alt.
 */
function nameOf({ code, keyCode }: KeyboardEvent): string {
  const character = String.fromCharCode(keyCode);
  return /^[A-Z\d]$/u.test(character) ? character : code;
}

/**
 * Writes in a field, unfolds what a summary hides, follows a link or presses a button. A button that only Enter shall press gets
 * the focus.
 */
function use(found: HTMLElement): void {
  const folded = found.closest('summary')?.parentElement;
  if (folded instanceof HTMLDetailsElement) {
    folded.open = true;
    folded.querySelector<HTMLElement>('select, input:not([type=hidden]), textarea')?.focus();
  } else if (found.matches('input, select, textarea, [data-focus]')) found.focus();
  else found.click();
}

function send(target: EventTarget | null): void {
  const own = target instanceof Element ? target.closest('form') : null;
  const form = own ?? document.querySelector<HTMLFormElement>('#mark');
  form?.requestSubmit(form.querySelector<HTMLButtonElement>('button.main'));
}
