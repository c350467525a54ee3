/**
 * Grading without a mouse: Ctrl+Enter saves from the field of the note, Alt+1 to Alt+9 add a note that was given before,
 * Alt+← and Alt+→ lead to the neighbours.
 */
export function markByKeys(): void {
  const form = document.querySelector<HTMLFormElement>('#mark');
  if (!form) return;
  const note = form.querySelector<HTMLTextAreaElement>('textarea[name=note]');
  const remarks = [...form.querySelectorAll<HTMLButtonElement>('button[data-note]')];
  const add = (text = '') => {
    if (!note) return;
    note.value = note.value.trim() === '' ? text : `${note.value.trim()} ${text}`;
    note.focus();
  };
  for (const remark of remarks) remark.addEventListener('click', () => add(remark.dataset['note']));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) form.requestSubmit();
    else if (!event.altKey) return;
    else if (/^[1-9]$/u.test(event.key)) add(remarks[Number(event.key) - 1]?.dataset['note']);
    else if (event.key === 'ArrowLeft') document.querySelector<HTMLElement>('a[rel=prev]')?.click();
    else if (event.key === 'ArrowRight') document.querySelector<HTMLElement>('a[rel=next]')?.click();
    else return;
    event.preventDefault();
  });
}
