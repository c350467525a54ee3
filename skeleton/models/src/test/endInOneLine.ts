import { afterAll, describe, expect, test } from '@jest/globals';
import { endOf } from './endOf.ts';

/** What a file does, how it must end, its bytes, and the files beside it. */
export type Hostile = readonly [
  does: string,
  end: RegExp,
  bytes: () => Uint8Array,
  files?: Readonly<Record<string, Uint8Array>>,
];

/** Milliseconds that a file may take, and kilobytes that all of them may. */
const DEADLINE = 10_000;
const MEMORY = 400_000;

/** Tests that each of the models ends in one line, within seconds and with little memory. */
export function endInOneLine(about: string, models: readonly Hostile[]): void {
  describe(`a model ${about} ends in one line`, () => {
    const before = process.resourceUsage().maxRSS;
    afterAll(() => expect(process.resourceUsage().maxRSS - before).toBeLessThan(MEMORY));

    test.each(models)(
      '%s',
      (_, end, bytes, files = {}) => {
        expect(endOf('m.onnx', { 'm.onnx': bytes(), ...files })).toMatch(end);
      },
      DEADLINE,
    );
  });
}
