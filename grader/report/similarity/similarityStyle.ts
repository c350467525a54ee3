/** What the page of similar submissions has beyond a score report's. */
export const SIMILARITY_STYLE = `
.lead { margin-top: 1rem; }
.alike summary { grid-template-columns: 1rem 1fr auto 4.5rem; }
.alike .body { padding-left: 1.1rem; }
.both { min-width: 0; }
.side { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem; }
.side figure { margin: 0; min-width: 0; }
.side pre { margin-top: .25rem; max-height: 32rem; white-space: pre; overflow: auto; }
.graph svg { width: auto; max-width: 100%; }
.graph line { stroke: var(--middling); stroke-opacity: .75; }
.graph circle { fill: var(--card); stroke: var(--ink); stroke-width: 1.5; }
.graph text { fill: var(--ink); font-size: 11px; font-weight: 600; text-anchor: middle; }
.groups { list-style: none; margin: 1rem 0 0; padding: 0; }
.groups > li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; padding: .7rem 1.1rem; }
.groups p { color: var(--muted); font-size: .875rem; margin-bottom: .2rem; }
.groups ul { list-style: none; margin: 0; padding: 0; columns: 16rem; column-gap: 2rem; }
.groups b { display: inline-block; min-width: 1.5rem; color: var(--muted); font-variant-numeric: tabular-nums; }
@media (max-width: 44rem) {
  .side { grid-template-columns: minmax(0, 1fr); }
  .alike summary { grid-template-columns: 1rem 1fr auto; } .alike summary > :nth-child(2) { display: none; }
}
`;
