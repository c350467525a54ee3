import type * as z from 'zod';

/** What the schemas call types, as a person does who writes YAML. */
const TYPES: Readonly<Record<string, string>> = {
  object: 'a list of names with values',
  record: 'a list of names with values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What is wrong with a value in a file that a person wrote; undefined for what the schema itself has words for. */
export function plainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${sized(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${sized(issue.origin, issue.maximum)}`;
    case 'unrecognized_keys':
      return `unknown: ${issue.keys.map((key) => `"${key}"`).join(', ')}; is it misspelt?`;
    case 'invalid_value':
      return `must be ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(issue.values.map(String))}`;
    default:
      return undefined;
  }
}

function sized(origin: string, limit: number | bigint): string {
  if (origin === 'string') return `${limit} character${limit === 1 ? '' : 's'} long`;
  return origin === 'array' || origin === 'set' ? `${limit} long` : String(limit);
}
