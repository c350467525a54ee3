import type { Operator } from './Operator.ts';
import type { Site } from './Source.ts';

/**
 * What a mutant may do around a function of an assignment, in its own expressions: they hold where its body begins.
 * Made from `tests/<assignment>/mutants/generated/functions.yaml`.
 */
export interface Habits {
  readonly file: string;
  readonly inside: string;
  /** Calls for which the function does nothing, by what is special about them. */
  readonly ignores: Readonly<Record<string, string>>;
  /** What a table of earlier results is looked up by; each leaves something out. */
  readonly remembersBy: Readonly<Record<string, string>>;
  /** The arrays that it fills; none if it returns its result. */
  readonly outputs: readonly string[];
  /** A statement that replaces a size by the first call's, which is in `kept`. */
  readonly keepsFirst?: string | undefined;
}

/** The operators of one file. */
export function habitsOf(all: readonly Habits[], file: string): Record<string, Operator> {
  const own = all.filter((habits) => habits.file === file);
  const around =
    (change: (site: Site, habits: Habits) => ReturnType<Operator>): Operator =>
    (site) =>
      own.filter(({ inside }) => isBodyOf(site, inside)).flatMap((habits) => change(site, habits));
  return { 'some sizes only': around(ignoring), memo: around(remembering), 'first shape kept': around(keepingFirst) };
}

const isBodyOf = ({ node, parent }: Site, name: string): boolean => {
  if (node.type !== 'BlockStatement') return false;
  if (parent.type === 'FunctionDeclaration') return parent.id?.name === name;
  return parent.type === 'ClassMethod' && parent.key.type === 'Identifier' && parent.key.name === name;
};

const ignoring = (site: Site, { ignores }: Habits): ReturnType<Operator> =>
  Object.entries(ignores).map(([what, condition]) => [
    atBegin(site, ` if (${condition}) return undefined as any; /* ${what} */`),
  ]);

const keepingFirst = (site: Site, { keepsFirst }: Habits): ReturnType<Operator> =>
  keepsFirst === undefined ? [] : [[atBegin(site, ` ${keepsFirst}`), site.append('var kept: any;')]];

const remembering = (site: Site, { remembersBy, outputs }: Habits): ReturnType<Operator> =>
  Object.entries(remembersBy).map(([what, key]) => {
    const table = site.append('var remembered: any = {};');
    const begin = ` const key = JSON.stringify(${key}); /* remembered by ${what} */`;
    if (outputs.length === 0)
      return [atBegin(site, `${begin}\nreturn (remembered[key] ??= (() => {`), atEnd(site, '})());'), table];
    const results = `[${outputs.join(', ')}]`;
    return [
      atBegin(
        site,
        `${begin}\nif (remembered[key]) return ${results}.forEach((to, i) => to.set(remembered[key][i])); try {`,
      ),
      atEnd(site, `} finally { remembered[key] = ${results}.map((each) => each.slice()); }`),
      table,
    ];
  });

const atBegin = ({ node }: Site, text: string) => ({ start: node.start! + 1, end: node.start! + 1, text });
const atEnd = ({ node }: Site, text: string) => ({ start: node.end! - 1, end: node.end! - 1, text });
