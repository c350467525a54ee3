/** Shows how far something is while it runs, as the desk reports it. */
export function followProgress(): void {
  const shown = document.querySelector<HTMLElement>('[data-live]');
  if (!shown) return;
  const source = new EventSource(shown.dataset['live'] ?? '');
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED)
      shown.textContent = 'Nothing new is shown: you are not signed in any more.';
  });
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const progress = JSON.parse(data) as Record<string, unknown>;
    if (progress['reload'] === true) return location.reload();
    if (typeof progress['text'] === 'string') shown.textContent = progress['text'];
    else if (data !== shown.dataset['seen']) showChange(shown, progress);
  });
}

function showChange(shown: HTMLElement, { graded, ungradable, pending }: Record<string, unknown>): void {
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = 'Show what is new';
  link.title = 'Alt+W';
  link.setAttribute('aria-keyshortcuts', 'Alt+W');
  link.addEventListener('click', (event) => {
    event.preventDefault();
    location.reload();
  });
  shown.replaceChildren(
    `Attempts: ${String(graded)} graded, ${String(ungradable)} not gradable, ${String(pending)} waiting. `,
    link,
  );
}
