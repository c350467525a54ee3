import type { YAMLError } from 'yaml';

/** What the parser's codes mean to the person who wrote the file. */
const WORDS: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'a name after * or & is not known or not complete',
  BAD_DQ_ESCAPE: 'unknown character after \\; put the text in single quotation marks',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket is not closed there',
  BAD_SCALAR_START: 'a text cannot begin like this; put it in quotation marks',
  BLOCK_AS_IMPLICIT_KEY: 'a name and a value in one line with another name; put each in a line of its own',
  BLOCK_IN_FLOW: 'within brackets, separate values with commas',
  DUPLICATE_KEY: 'a name is there twice; remove one',
  MISSING_CHAR: 'a closing bracket, a quotation mark, a comma or a colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a name goes over several lines; is a colon missing?',
  MULTIPLE_DOCS: 'one document is expected; remove the lines ---',
  NON_STRING_KEY: 'a key must be a text',
  TAB_AS_INDENT: 'indented with a tab; use spaces',
  TAG_RESOLVE_FAILED: 'unknown tag after !; put the text in quotation marks',
  UNEXPECTED_TOKEN: 'not expected here; is a bracket, a quotation mark or a colon missing, or too much?',
};

/** What is wrong with a text that is not YAML. */
export const plainYamlError = ({ code, message }: YAMLError): string => WORDS[code] ?? message;
