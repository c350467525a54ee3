const PAUSE_MS = 150;

/** Shows the rows that fit what is typed, and keeps the address that leads to them. */
export function filterAsTyped(): void {
  const form = document.querySelector<HTMLFormElement>('#filter');
  if (!form) return;
  let pause: number | undefined;
  let asked = 0;
  const show = async () => {
    const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const address = `${location.pathname}?${fields.toString()}`;
    const mine = ++asked;
    const answer = await fetch(address);
    if (!answer.ok || mine !== asked) return;
    const rows = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#rows');
    if (rows) document.querySelector('#rows')?.replaceWith(rows);
    history.replaceState(undefined, '', address);
  };
  form.addEventListener('input', () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(() => void show(), PAUSE_MS);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void show();
  });
}
