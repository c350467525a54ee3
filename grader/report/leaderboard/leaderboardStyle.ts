/** What a leaderboard has beyond a score report. */
export const LEADERBOARD_STYLE = `
.board { width: 100%; margin-top: 1.5rem; overflow-wrap: normal; }
.board th, .board td { text-align: left; vertical-align: middle; padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); }
.board thead th { font-size: .8125rem; font-weight: 500; color: var(--muted); }
.board .number { text-align: right; }
.board tr > :last-child { padding-right: 0; }
.board tbody th { font-weight: 500; }
.board .place { width: 3rem; text-align: center; color: var(--muted); }
.board td.place { font-size: 1.125rem; font-weight: 650; }
.board .paid td.place { color: var(--good); } .board .paid th { font-weight: 650; }
.board .least td, .board .least th { border-bottom-color: var(--muted); }
.board .spread { width: 34%; }
.board .loose { color: var(--muted); }
.track { display: block; position: relative; height: 1rem; }
.track::before { content: ''; position: absolute; inset: .45rem 0 auto; border-top: 1px solid var(--line); }
.track i { position: absolute; top: .375rem; height: .25rem; border-radius: 2px; background: color-mix(in srgb, var(--waiting) 45%, transparent); }
.track b { position: absolute; top: .125rem; width: .75rem; height: .75rem; margin-left: -.375rem; border-radius: 50%; background: var(--muted); }
.loose .track b { background: var(--card); border: 2px solid var(--muted); }
.paid .track b { background: var(--good); }
.worth { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0 0; padding: 0; }
.worth li { background: var(--faint); border-radius: 999px; padding: .15rem .8rem; font-size: .9375rem; }
.worth b { color: var(--good); font-weight: 600; }
.method p + p { margin-top: .5rem; }
@media (max-width: 34rem) {
  .board .spread { display: none; }
  .board th, .board td { padding-right: .6rem; }
  .board .place { width: 2.25rem; }
}
`;
