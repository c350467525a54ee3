/** A click on a line of the source writes its number into the form for comments. */
export function pickLines(): void {
  const field = document.querySelector<HTMLInputElement>('#comment input[name=line]');
  if (!field) return;
  for (const list of document.querySelectorAll('.code'))
    list.addEventListener('click', ({ target }) => {
      const id = target instanceof Element ? target.closest('li[id]')?.id : undefined;
      if (id === undefined || window.getSelection()?.isCollapsed === false) return;
      field.value = id.slice(1);
      field.form?.querySelector('textarea')?.focus();
    });
}
