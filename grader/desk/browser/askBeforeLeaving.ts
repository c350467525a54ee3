/** What one types in a form. The number of a line is written by a click, which costs nothing. */
const TYPED = 'textarea, input:not([type=hidden], [name=line])';

/** Asks before a page is left in which something was typed that has not been sent. */
export function askBeforeLeaving(): void {
  let sent: EventTarget | null = null;
  document.addEventListener('submit', ({ target }) => (sent = target));
  window.addEventListener('pageshow', () => (sent = null));
  window.addEventListener('beforeunload', (event) => {
    const forms = document.querySelectorAll<HTMLFormElement>('form[method=post]');
    if ([...forms].some((form) => form !== sent && hasTyped(form))) event.preventDefault();
  });
}

const hasTyped = (form: HTMLFormElement): boolean =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED)].some(
    ({ value, defaultValue }) => value !== defaultValue,
  );
