/** The page's style sheet. Colours are variables, so that light, dark and print each define them once. */
export const STYLE = `
:root {
  --paper: #fbfbfa; --card: #ffffff; --ink: #1c2024; --muted: #5f6870; --line: #dfe3e6; --faint: #f1f3f4;
  --good: #16794a; --middling: #9a5b00; --bad: #bf2c26; --waiting: #33658f; --accent: #1f62b0;
  --wrong-back: #fde7e4; --first-back: #f9c6bf;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e4e7ea; --muted: #9aa4ad; --line: #31373d; --faint: #23282d;
    --good: #5cc78f; --middling: #e0a548; --bad: #ff8a80; --waiting: #86b9e6; --accent: #7db5f5;
    --wrong-back: #43211f; --first-back: #6e2a26;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 3rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow-wrap: anywhere;
}
code, pre { font-family: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .875em; }
h1, h2, h3, p { margin: 0; }
h1 { font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h2 { font-size: 1.25rem; letter-spacing: -.01em; margin: 3rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 600; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
main p a { color: var(--accent); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
.muted, .whose, .over, .parts, .id, .cropped, figcaption { color: var(--muted); }
.text { white-space: pre-line; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.over { font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; margin-bottom: .35rem; }
.whose { margin-top: .35rem; }
.whose bdi { color: var(--ink); font-weight: 600; margin-right: .5rem; }
.score { display: flex; align-items: baseline; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: 1.75rem; }
.big { font-size: 1.5rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.big b { font-size: clamp(3.5rem, 10vw, 5rem); line-height: 1; font-weight: 650; letter-spacing: -.035em; color: var(--ink); margin-right: .1em; }
.bonus { font-weight: 600; color: var(--good); }
.bar { display: flex; gap: 3px; height: .8rem; margin: .9rem 0 .6rem; }
.bar span { min-width: 4px; border-radius: 3px; }
.bar .earned, .key .earned::before { background: var(--good); }
.bar .lost, .key .lost::before { background: color-mix(in srgb, var(--bad) 55%, var(--paper)); }
.bar .pending, .key .pending::before { background: repeating-linear-gradient(135deg, var(--waiting) 0 2px, transparent 2px 6px); border: 1px solid var(--waiting); }
.bar .left, .key .left::before { border: 1px dashed var(--muted); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; list-style: none; margin: 0; padding: 0; font-size: .875rem; font-variant-numeric: tabular-nums; }
.key li::before { content: ''; display: inline-block; width: .75rem; height: .75rem; border-radius: 3px; margin-right: .45rem; vertical-align: -1px; }
.parts { font-size: .875rem; margin-top: .2rem; font-variant-numeric: tabular-nums; }
.notice { margin-top: 1rem; padding: .6rem .9rem; border-left: 3px solid var(--waiting); background: var(--faint); border-radius: 0 6px 6px 0; font-size: .9375rem; }
.notice.loud { border-color: var(--middling); }
.notice.loud strong { color: var(--middling); }

table { border-collapse: collapse; }
caption { text-align: left; color: var(--muted); font-size: .875rem; padding-bottom: .4rem; }
.rubric { width: 100%; }
.rubric th { text-align: left; font-weight: 600; }
.rubric thead th { font-size: .8125rem; font-weight: 500; color: var(--muted); padding: 0 .75rem .4rem 0; }
.rubric th.number { text-align: right; padding-right: 0; }
.rubric td { padding: .35rem .75rem .35rem 0; vertical-align: baseline; border-top: 1px solid var(--line); }
.rubric td:last-child, .rubric th:last-child { padding-right: 0; }
.rubric tr:not(.group-row) td:first-child { padding-left: 1rem; }
.rubric td:nth-child(2) { white-space: nowrap; width: 11rem; }
.rubric .group-row :is(th, td) { padding: 1.1rem .75rem .4rem 0; border: 0; }
.group-row td { color: var(--muted); font-size: .9375rem; }
.rubric .group-row td.number { color: var(--ink); font-weight: 600; padding-right: 0; }
.lost { list-style: none; margin: 0; padding: 0; }
.lost li { padding: .45rem 0; border-top: 1px solid var(--line); }
.lost .number { float: right; margin-left: 1rem; font-weight: 600; }
.lost p { font-size: .875rem; overflow-wrap: anywhere; }
.status { white-space: nowrap; font-weight: 500; }
.status > span { display: inline-block; width: 1.1em; text-align: center; }
.good { color: var(--good); } .middling { color: var(--middling); } .bad { color: var(--bad); } .waiting { color: var(--waiting); }

.criterion { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; }
.criterion:has(:target) { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
summary { display: grid; grid-template-columns: 1rem 1fr auto minmax(5rem, max-content); gap: .25rem .9rem; align-items: baseline; padding: .7rem 1.1rem; cursor: pointer; list-style: none; border-radius: 10px; }
summary::-webkit-details-marker { display: none; }
summary::before { content: '▸'; color: var(--muted); }
[open] > summary::before { content: '▾'; }
summary .number { font-weight: 600; }
/* A link to what is in a closed criterion opens it. */
.body { padding: .1rem 1.1rem 1.1rem 3rem; scroll-margin-top: 4.5rem; }
.facts { display: grid; grid-template-columns: 6rem 1fr; gap: .35rem .75rem; margin: 0; }
.facts dt { color: var(--muted); } .facts dd { margin: 0; }
.law { font-style: italic; }
.lead b { font-size: 1.15em; }
.counterexample { border-top: 1px solid var(--line); padding-top: 1rem; }
.geometry { display: flex; flex-wrap: wrap; gap: .3rem; list-style: none; margin: 0; padding: 0; font-size: .8125rem; }
.geometry li { background: var(--faint); border-radius: 4px; padding: .1rem .45rem; color: var(--muted); }
.geometry b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.nearby strong { margin-right: .4rem; font-size: .8125rem; }
.cause { border-left: 3px solid var(--middling); padding: .1rem 0 .1rem .8rem; }
.cause strong { display: block; font-size: .8125rem; color: var(--middling); }
.replay { background: var(--faint); border-radius: 6px; padding: .5rem .8rem; }
.replay > span { color: var(--muted); font-size: .8125rem; margin-right: .5rem; }
.replay code span { display: inline-block; max-width: 100%; }
.id { font-size: .8125rem; }
pre { margin: .5rem 0 0; padding: .7rem .9rem; background: var(--faint); border-radius: 6px; white-space: pre-wrap; max-height: 24rem; overflow-y: auto; }

.tensors { display: flex; flex-wrap: wrap; gap: 1.25rem 2rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1.25rem 1rem; }
.tensor { margin: 0; min-width: 0; max-width: 100%; }
.tensor figcaption { font-size: .875rem; margin-bottom: .35rem; }
.tensor figcaption b { color: var(--ink); }
.role { font-weight: 600; padding: 0 .4rem; border-radius: 4px; border: 1px solid currentColor; font-size: .75rem; }
.expected .role { color: var(--good); } .got .role { color: var(--bad); }
.shape { font-size: .8125rem; margin-left: .25rem; }
.slices { display: flex; flex-wrap: wrap; gap: .75rem .9rem; }
/* What only a screen reader says scrolls with the rest. */
.slice, .scroll { position: relative; }
.slice { max-width: 100%; overflow-x: auto; padding: 2px; }
.matrix, .confusion { font-size: .8125rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; white-space: nowrap; }
.matrix caption { font-size: .8125rem; padding: 0 0 .15rem; }
.matrix td, .confusion td { border: 1px solid var(--line); background: var(--card); text-align: right; padding: .12rem .35rem; height: 1.6rem; }
.matrix td { min-width: max(2rem, calc(var(--cell) + .75rem)); }
.matrix th, .confusion th { font-weight: 400; color: var(--muted); font-size: .75rem; padding: .1rem .4rem; text-align: center; }
.matrix tbody th, .confusion tbody th { text-align: right; }
.corner span { display: inline-block; } .corner span + .across::before { content: '\\\\'; margin: 0 .15em; }
.matrix td.wrong { background: var(--wrong-back); font-weight: 650; text-decoration: underline 2px var(--bad); text-underline-offset: 3px; }
.matrix td.first { background: var(--first-back); outline: 2px solid var(--bad); outline-offset: -1px; }
.expected td.wrong { text-decoration-style: dotted; text-decoration-color: var(--good); background: color-mix(in srgb, var(--good) 14%, var(--card)); }
.expected td.first { outline: 2px dashed var(--good); background: color-mix(in srgb, var(--good) 25%, var(--card)); }
.matrix td.border { color: var(--muted); background: var(--faint); border-style: dashed; }
.matrix td.patch { background: color-mix(in srgb, var(--accent) 14%, var(--card)); }
.matrix td.used { outline: 2px solid var(--accent); outline-offset: -1px; font-weight: 650; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; list-style: none; margin: 0; padding: 0; font-size: .8125rem; color: var(--muted); }
.legend li::before { content: ''; display: inline-block; width: .85rem; height: .85rem; margin-right: .45rem; vertical-align: -2px; border: 1px solid var(--line); }
.legend .border::before { background: var(--faint); border-style: dashed; }
.legend .patch::before { background: color-mix(in srgb, var(--accent) 14%, var(--card)); }
.legend .used::before { border: 2px solid var(--accent); }
.scale { margin-bottom: .75rem; } .scale li::before { content: none; }
.scale span { display: inline-block; width: .85rem; height: .85rem; vertical-align: -2px; } .scale span:last-of-type { margin-right: .45rem; }
.map { margin-top: .75rem; } .map > p { font-size: .875rem; margin-bottom: .35rem; }
.cropped { font-size: .75rem; margin-top: .25rem; }
.pixels { image-rendering: pixelated; display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; }

.gallery { margin: 1.25rem 0 0; }
.gallery figcaption { font-size: .875rem; margin-bottom: .6rem; max-width: 44rem; }
.pictures { display: flex; flex-wrap: wrap; align-items: flex-start; gap: .6rem .75rem; list-style: none; margin: 0; padding: 0; }
.pictures li { min-width: 3.5rem; text-align: center; break-inside: avoid; }
.pictures .pixels { margin: 0 auto .3rem; }
.pictures .cropped { margin: 0; font-variant-numeric: tabular-nums; white-space: nowrap; }
.gallery .cropped { max-width: 8rem; white-space: normal; }
.pictures b { color: var(--bad); }
.pictures .given { margin-right: .75rem; }

.body > * + *, .counterexample > * + * { margin-top: 1rem; }
.lead + .geometry, pre + .geometry { margin-top: .5rem; }

.scroll { overflow-x: auto; }
.plain { font-size: .9375rem; width: 100%; }
.plain th, .plain td { text-align: left; vertical-align: baseline; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); }
.plain thead th { font-size: .8125rem; font-weight: 500; color: var(--muted); }
.plain tbody th { font-weight: 500; }
.plain .number { text-align: right; }
.scroll .plain { min-width: 33rem; overflow-wrap: normal; }
.plain tr > :last-child { padding-right: 0; }
.plain .off td, .plain .off th { background: var(--wrong-back); }
.confusion td { min-width: 2.4rem; text-align: center; }
.confusion .none { color: var(--muted); opacity: .55; }
.confusion .right { background: color-mix(in srgb, var(--accent) calc(var(--share) * .45), var(--card)); font-weight: 600; }
.confusion .mistaken { background: color-mix(in srgb, var(--bad) calc(var(--share) * 1.6), var(--card)); }
.chart { margin: 1rem 0 0; }
.chart svg { display: block; width: 100%; max-width: 32rem; height: auto; color: var(--ink); font-family: inherit; }
.chart figcaption { font-size: .875rem; margin-top: .4rem; }
.panels { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
.panels svg { flex: 1 1 18rem; max-width: 23rem; }
.warnings { list-style: none; margin: .5rem 0 0; padding: 0; }
.warnings li { padding: .4rem 0; border-top: 1px solid var(--line); }
.warnings code { color: var(--muted); margin-right: .5rem; }
footer { margin-top: 3.5rem; padding-top: .5rem; border-top: 1px solid var(--line); color: var(--muted); }
footer h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
footer .plain { font-size: .8125rem; }
footer tbody th { width: 7rem; color: var(--muted); }

@media (max-width: 34rem) {
  body { padding: 1.75rem 1rem 3rem; }
  .rubric { font-size: .9375rem; }
  .rubric td:nth-child(2) { width: auto; font-size: .8125rem; overflow-wrap: normal; }
  .rubric tr:not(.group-row) td:first-child { padding-left: .5rem; }
  summary { grid-template-columns: 1rem 1fr auto; padding: .7rem .8rem; }
  summary .status { grid-column: 2; grid-row: 2; font-size: .875rem; }
  .body { padding: .1rem .8rem .9rem; }
  .matrix { font-size: .75rem; } .matrix td { min-width: max(1.75rem, calc(var(--cell) + .55rem)); padding: .1rem .25rem; } .matrix th { padding: .1rem .25rem; }
  .facts { grid-template-columns: 1fr; gap: 0 0; } .facts dd { margin-bottom: .5rem; }
  .confusion { font-size: .75rem; } .confusion td { min-width: 1.7rem; padding: .1rem; }
  .confusion .corner { white-space: normal; width: 2.8rem; } .confusion th { padding: .1rem; }
  footer .plain tbody th { width: 6.25rem; overflow-wrap: normal; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --muted: #444; --line: #bbb; --faint: #f4f4f4; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .criterion { break-inside: avoid-page; } h2, summary { break-after: avoid; }
  tr, figure, .slice { break-inside: avoid; }
}
`;
