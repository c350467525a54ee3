import { printable } from '../../report/text/printable.ts';

/**
 * One workflow command on a line of its own. No value can end it or begin another: values are escaped as the runner
 * unescapes them (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts), in properties also colons
 * and commas.
 */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${propertyOf(String(value))}`);
  return `::${name} ${given.join(',')}::${dataOf(message)}\n`;
}

const dataOf = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const propertyOf = (text: string): string => dataOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
