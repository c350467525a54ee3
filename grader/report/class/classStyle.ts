/** What the class report's page has beyond a score report's. */
export const CLASS_STYLE = `
.big b { margin-right: .15em; }
.distribution svg { max-width: 44rem; }
.rates th.number:not(:last-child) { padding-right: .75rem; }
.rates td:nth-child(2) { width: 4rem; }
.rates .worth { color: var(--muted); }
.rates .share { width: 36%; }
.rates .bar { margin: 0; height: .7rem; min-width: 7rem; }
.bar .passed, .key .passed::before { background: var(--good); }
.bar .partial, .key .partial::before { background: color-mix(in srgb, var(--middling) 75%, var(--paper)); }
.bar .failed, .key .failed::before { background: color-mix(in srgb, var(--bad) 55%, var(--paper)); }
.bar .not-attempted, .key .not-attempted::before { background: repeating-linear-gradient(135deg, var(--bad) 0 2px, transparent 2px 5px); border: 1px solid var(--bad); }
.bar span { flex-basis: 0; }
.cards { list-style: none; margin: 0; padding: 0; }
.cards > li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; padding: .8rem 1.1rem; display: grid; grid-template-columns: 3rem 1fr; column-gap: .9rem; }
.cards .times { grid-row: 1 / span 9; font-size: 1.5rem; line-height: 1.15; font-weight: 650; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.cards > li > * { grid-column: 2; min-width: 0; }
.cards > li > :nth-child(n+3) { margin-top: .25rem; }
.cards > li > .times { grid-column: 1; justify-self: end; align-self: start; }
.alternatives { margin: 0; padding-left: 1.1rem; }
.names summary, .cards summary { display: inline-block; padding: 0; color: var(--muted); font-size: .875rem; border-radius: 4px; }
.cards summary::before { margin-right: .4rem; }
.people { list-style: none; margin: .3rem 0 0; padding: 0; font-size: .9375rem; columns: 14rem; column-gap: 2rem; }
.people li { break-inside: avoid; padding: .1rem 0; }
.people .number { color: var(--muted); margin-left: .4rem; }
.plain .people { columns: auto; margin: 0; }
.plain.speeds td, .plain.speeds th { vertical-align: top; }
form { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 0 0 .75rem; }
form[hidden] { display: none; }
form label { display: grid; gap: .15rem; font-size: .8125rem; color: var(--muted); flex: 1 1 12rem; min-width: 0; }
form input, form select, form button { font: inherit; font-size: 1rem; color: var(--ink); background: var(--card); border: 1px solid color-mix(in srgb, var(--muted) 70%, var(--card)); border-radius: 6px; padding: .4rem .6rem; width: 100%; min-width: 0; height: 2.5rem; }
form button { width: auto; cursor: pointer; }
form :focus-visible, th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#shown { flex: 1 0 100%; font-size: .875rem; color: var(--muted); font-variant-numeric: tabular-nums; }
th button { all: unset; cursor: pointer; border-radius: 4px; white-space: nowrap; }
th button::after { content: '↕'; opacity: .45; margin-left: .3em; }
[aria-sort] button { color: var(--ink); font-weight: 600; }
[aria-sort='ascending'] button::after { content: '↑'; opacity: 1; }
[aria-sort='descending'] button::after { content: '↓'; opacity: 1; }
#students { scroll-margin-top: 1rem; }
#students .plain { min-width: 46rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
#students .who { min-width: 11rem; }
#students .who .id { display: block; font-weight: 400; }
#students .lost { color: var(--muted); font-size: .8125rem; min-width: 12rem; }
@media (max-width: 34rem) {
  .cards > li { grid-template-columns: 2.8rem 1fr; padding: .7rem .8rem; column-gap: .7rem; }
  .rates .worth { display: none; }
  .rates .share { width: 26%; } .rates .bar { min-width: 4rem; }
  .big span { font-size: 1.125rem; }
  form label { flex-basis: 100%; }
}
@media print { form, th button::after { display: none; } }
`;
