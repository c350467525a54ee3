import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeModel, readModel } from '@im2grade/models';

const FOLDER = join(import.meta.dirname, '../models');
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.onnx')) : [];

test('models that are handed in as ONNX can be read, and take images of 32×32', () => {
  const files = new Map(
    names
      .flatMap((name) => [name, `${name}.data`])
      .flatMap((name) => {
        const path = join(FOLDER, name);
        return existsSync(path) ? [[name, new Uint8Array(readFileSync(path))] as const] : [];
      }),
  );
  for (const name of names) {
    const model = readModel(name, files);
    if (model.kind === 'unknown') continue;
    expect(describeModel(model.graph).output).toEqual([10]);
  }
});
