/**
 * What `aria-keyshortcuts` promises, and Ctrl+Enter: it sends the form in which one writes, or else the one that grades. The
 * place of a key counts, not what a keyboard writes with Alt.
 */
export function pressKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { altKey, ctrlKey, metaKey, code, key } = event;
    if (key === 'Enter' && ctrlKey) send(event.target);
    else if (altKey && !ctrlKey && !metaKey) {
      const name = code.replace(/^(?:Key|Digit)/u, '');
      const found = document.querySelector<HTMLElement>(`[aria-keyshortcuts="Alt+${name}"]`);
      if (!found) return;
      use(found);
    } else return;
    event.preventDefault();
  });
}

/** Writes in a field, unfolds what a summary hides, follows a link or presses a button. */
function use(found: HTMLElement): void {
  const folded = found.closest('summary')?.parentElement;
  if (folded instanceof HTMLDetailsElement) {
    folded.open = true;
    folded.querySelector<HTMLElement>('select, input:not([type=hidden]), textarea')?.focus();
  } else if (found.matches('input, select, textarea')) found.focus();
  else found.click();
}

function send(target: EventTarget | null): void {
  const own = target instanceof Element ? target.closest('form') : null;
  const form = own ?? document.querySelector<HTMLFormElement>('#mark');
  form?.requestSubmit(form.querySelector<HTMLButtonElement>('button.main'));
}
