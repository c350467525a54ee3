import { expect } from '@jest/globals';
import { ModelError } from '../ModelError.ts';
import { readModel } from '../readModel.ts';

type Files = Readonly<Record<string, Uint8Array>>;

/** How reading a model ended: that it was read, or the one line that says why not. */
export function endOf(path: string, files: Files, architecture?: Parameters<typeof readModel>[2]): string {
  try {
    const model = readModel(path, new Map(Object.entries(files)), architecture);
    return model.kind === 'graph' ? 'read' : oneLine(`pending: ${model.reason}`);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return oneLine(`refused: ${error.message}`);
  }
}

function oneLine(text: string): string {
  expect(text).toMatch(/^[\x20-\x7e×…]{1,500}$/u);
  return text;
}
