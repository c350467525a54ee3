import { countingEntries, type Entry } from '../../gradebook/store/entries.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ScoreReport } from '../../model/report.ts';

/** Something that is said about a line of a file. */
export interface LineNote {
  /** 0 if it is about the whole file. */
  readonly line: number;
  readonly text: string;
  /** Who says it; undefined if it is the grader. */
  readonly by: string | undefined;
}

/** What the report and people say about the lines of a file. */
export function lineNotes(path: string, report: ScoreReport | undefined, entries: readonly Entry[]): LineNote[] {
  const found = (report?.outcomes ?? []).flatMap(({ title, reason, evidence }) => {
    const texts = [reason, ...evidence.filter(isFound).map(({ message }) => message)];
    const places = new Set(texts.flatMap((text) => linesNamed(text, path)));
    return [...places].map((line) => ({ line, text: `${title}: ${reason}`, by: undefined }));
  });
  const warnings = (report?.warnings ?? [])
    .filter((warning) => warning.path === path)
    .map(({ line, message }) => ({ line, text: message, by: undefined }));
  const comments = countingEntries(entries)
    .filter(({ kind, file }) => kind === 'comment' && file === path)
    .map(({ line, note, by }) => ({ line, text: note, by }));
  return [...found, ...warnings, ...comments];
}

type Found = Extract<Evidence, { readonly type: 'counterexample' | 'misbehaviour' }>;

/** Not what people say: their comments are shown as theirs. */
const isFound = (evidence: Evidence): evidence is Found =>
  evidence.type === 'counterexample' || evidence.type === 'misbehaviour';

/** The numbers of lines after this path, as messages write places: `src/Im2MatLayer.ts:42`. */
function linesNamed(text: string, path: string): number[] {
  const places = text.split(`${path}:`).slice(1);
  return places.map((rest) => Number.parseInt(rest, 10)).filter((line) => line >= 1);
}
