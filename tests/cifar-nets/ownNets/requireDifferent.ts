import { CriterionFailure, type ExaminedModel, layersOf } from '@im2grade/kit';
import { answer } from '../handedIn.ts';

/**
 * Two models must differ in their layers, or in how they were trained; the same weights are the same model.
 *
 * @throws CriterionFailure if they are the same
 */
export async function requireDifferent(first: ExaminedModel, second: ExaminedModel): Promise<void> {
  if (first.files.key === second.files.key || sameBytes(first, second))
    throw new CriterionFailure(`${first.files.path} and ${second.files.path} are the same file`);
  // A process answers one call at a time.
  const a = shown(await first.structure());
  const b = shown(await second.structure());
  if (a !== b) return;
  const [one, other] = ['first', 'second'].map((name) => JSON.stringify(answer(`${name}.training`) ?? null));
  if (one === other)
    throw new CriterionFailure(
      `${first.files.path} and ${second.files.path} have the same layers, and answers.yaml declares the same training for both`,
    );
}

const sameBytes = (a: ExaminedModel, b: ExaminedModel): boolean =>
  a.files.bytes.length === b.files.bytes.length &&
  a.files.bytes.every((bytes, i) => Buffer.compare(bytes, b.files.bytes[i]) === 0);

const shown = (structure: Awaited<ReturnType<ExaminedModel['structure']>>): string =>
  JSON.stringify(
    layersOf(structure).map(({ type, units, size, strides, to, activation }) => [
      type,
      units,
      size,
      strides,
      to,
      activation,
    ]),
  );
