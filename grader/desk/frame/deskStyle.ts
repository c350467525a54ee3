/** What the desk has beyond the pages of reports and classes. */
export const DESK_STYLE = `
body { max-width: 72rem; padding-top: 0; }
body > nav { display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: center; padding: .6rem 0; margin-bottom: 2rem; border-bottom: 1px solid var(--line); }
body > nav a { padding: .3rem .6rem; border-radius: 6px; text-decoration: none; }
body > nav a:hover { background: var(--faint); }
[aria-current='page'] { background: var(--faint); font-weight: 600; }
.who { overflow-wrap: anywhere; }
nav form.who { display: block; margin: 0 0 0 auto; color: var(--muted); font-size: .875rem; }
nav form button { font-size: inherit; height: auto; padding: .2rem .6rem; margin-left: .5rem; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
#main:focus { outline: none; }
:is(button, input, select, textarea, a, [tabindex]):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
form textarea, form input, form select, form button { font: inherit; font-size: 1rem; color: var(--ink); background: var(--card); border: 1px solid color-mix(in srgb, var(--muted) 70%, var(--card)); border-radius: 6px; padding: .4rem .6rem; min-width: 0; }
form textarea { width: 100%; height: auto; min-height: 5rem; }
form button { flex: 0 0 auto; } form button.main { background: var(--accent); color: var(--paper); border-color: var(--accent); font-weight: 600; }
form input[type='checkbox'], form input[type='radio'] { width: auto; height: auto; margin: .35rem; }
form.narrow { max-width: 24rem; } form.stack { display: grid; gap: .6rem; justify-items: start; } form.stack label { width: 100%; } form label.wide { flex-basis: 100%; }
.inline form { display: inline-flex; margin: 0; }
main a { color: var(--accent); } .plain a, .cards a, nav a { color: inherit; }
[role='status']:empty, [role='alert']:empty { display: none; }
[role='alert'] { border-left: 3px solid var(--bad); padding-left: .8rem; }
#students th a { text-decoration: none; } #students thead a::after { content: ' ↕'; opacity: .45; }
[aria-sort='ascending'] a::after { content: ' ↑' !important; opacity: 1 !important; } [aria-sort='descending'] a::after { content: ' ↓' !important; opacity: 1 !important; }
.pages { display: flex; flex-wrap: wrap; gap: .25rem; margin-top: .75rem; } .pages a { padding: .2rem .6rem; border-radius: 6px; }
.distribution rect { fill: #2f81d6; } .distribution text { fill: currentColor; font-size: 12px; } .distribution .end { text-anchor: end; }
.code { counter-reset: line var(--before, 0); list-style: none; margin: .5rem 0; padding: .5rem 0; background: var(--faint); border-radius: 6px; overflow-x: auto; position: relative; }
.code li { counter-increment: line; padding: 0 .8rem 0 4.2rem; position: relative; }
.code code { display: block; white-space: pre-wrap; min-height: 1.55em; }
.code li::before { content: counter(line); position: absolute; left: 0; width: 3.2rem; text-align: right; color: var(--muted); font-size: .875em; }
.code li.marked { background: var(--wrong-back); } .code li.said { background: color-mix(in srgb, var(--accent) 10%, var(--faint)); }
.code li:target { outline: 2px solid var(--accent); }
.code .note { display: block; white-space: pre-line; font: .9375rem/1.5 system-ui, sans-serif; border-left: 3px solid var(--bad); margin: .2rem 0 .4rem; padding: .1rem .8rem; background: var(--card); }
.code .note.of-person { border-color: var(--accent); }
.diff { margin: .5rem 0; padding: .5rem 0; background: var(--faint); border-radius: 6px; overflow-x: auto; font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .875em; }
.diff > * { display: block; white-space: pre-wrap; padding: 0 .8rem; text-decoration: none; }
.diff ins { background: color-mix(in srgb, var(--good) 16%, var(--card)); } .diff del { background: var(--wrong-back); }
.diff .at { color: var(--muted); }
.work { font: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.2rem; max-height: 60vh; }
.both { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; } .both > * { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35rem; font-size: .8125rem; background: var(--faint); }
.preview { overflow-x: auto; white-space: pre; }
.remarks { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; } .remarks button { font-size: .875rem; height: auto; text-align: left; }
@media (max-width: 34rem) { .code li { padding-left: 3.2rem; } .code li::before { width: 2.6rem; } }
@media print {
  :is(body > nav, form, .skip, .pages, .inline, kbd, [data-live]) { display: none !important; }
  .scroll, .code, .diff, .preview, .work, pre { overflow: visible; max-height: none; white-space: pre-wrap; overflow-wrap: anywhere; }
  .scroll { white-space: normal; } .scroll .plain, #students .plain, #students :is(.who, .lost) { min-width: 0; overflow-wrap: anywhere; }
  .code, .diff { border: 1px solid var(--line); } .code li { break-inside: avoid; }
  #students thead a::after { content: none; }
}
`;
