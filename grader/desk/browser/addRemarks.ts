/** A button with a note that was given before adds it to the note of the form. */
export function addRemarks(): void {
  const note = document.querySelector<HTMLTextAreaElement>('#mark textarea[name=note]');
  if (!note) return;
  for (const remark of document.querySelectorAll<HTMLButtonElement>('#mark button[data-note]'))
    remark.addEventListener('click', () => {
      const text = remark.dataset['note'] ?? '';
      note.value = note.value.trim() === '' ? text : `${note.value.trim()} ${text}`;
      note.focus();
    });
}
