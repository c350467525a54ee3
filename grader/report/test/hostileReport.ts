import { ScoreReport } from '../../model/report.ts';
import { exampleReport } from './exampleReport.ts';

/** Texts that would break out of a careless page or terminal. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><svg onload=alert(1)>',
  '\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J\x1b[H \x9b31m bell\x07\x08\x08',
  '\u202egnp.exe\u202c \u2067left\u2069',
  'مرحبا بالعالم שלום',
  '👩‍👩‍👧‍👦 🎉 日本語の題名です 🇨🇭',
  'A'.repeat(200),
  'many words '.repeat(20).trim(),
  'two\nlines\r\nand\ttabs \ud800 \0 end',
  '${7*7} {{7*7}} https://example.com/x.png javascript:alert(1) url(https://example.com)',
] as const;

/** The example with a hostile text everywhere a submission could put one. */
export function hostileReport(): ScoreReport {
  const report = exampleReport();
  let turn = 0;
  const text = (): string => HOSTILE[turn++ % HOSTILE.length];
  const poisoned = new Set([
    'name',
    'title',
    'message',
    'law',
    'cause',
    'reason',
    'asks',
    'network',
    'shows',
    'operation',
    'replay',
    'group',
    'path',
    'files',
  ]);
  const group = new Map<string, string>();
  const poison = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && key === 'group') {
      if (!group.has(value)) group.set(value, text());
      return group.get(value);
    }
    if (typeof value === 'string')
      return poisoned.has(key) || key === 'substituted' || key === 'ignored' ? text() : value;
    if (Array.isArray(value)) return value.map((item) => poison(item, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]));
  };
  return ScoreReport.parse(poison(report, ''));
}
