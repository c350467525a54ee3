import { credit, CriterionFailure } from '@im2grade/kit';
import type { Submission } from '../handedIn.ts';
import { teacher } from './teacher.ts';
import { digestsOf, isParameter, isTrained, transferModel } from './TransferModel.ts';

const MOST_NAMES = 5;

async function compared(submission: Submission) {
  const model = await transferModel(submission);
  const right = teacher();
  const names = Object.keys(right);
  const missing = names.filter((name) => !isTrained(name) && !model.tensors.has(name));
  if (missing.length > 0)
    throw new CriterionFailure(
      `${model.model.files.path}: has no ${listed(missing)}; hand in the whole state dict of the network`,
    );
  const own = await digestsOf(model, names);
  return { file: model.model.files.path, names, isSame: (name: string) => own.get(name) === right[name] };
}

/** Frozen parameters are the teacher's, bit for bit; statistics of batch norm may differ, and it is said. */
export async function judgeFrozen(submission: Submission): Promise<ReturnType<typeof credit>> {
  const { file, names, isSame } = await compared(submission);
  const frozen = names.filter((name) => !isTrained(name));
  const changed = frozen.filter((name) => isParameter(name) && !isSame(name));
  if (changed.length > 0)
    throw new CriterionFailure(`${file}: ${listed(changed)} should be frozen, and differs from the pretrained network`);
  const statistics = frozen.filter((name) => !isParameter(name) && !isSame(name));
  return credit(
    1,
    '',
    statistics.length === 0
      ? []
      : [
          {
            type: 'remark',
            message: `${file}: statistics of batch norm outside layer4 have changed (${statistics.length}), as they do in training mode; it costs nothing`,
          },
        ],
  );
}

/** @throws CriterionFailure if a parameter that should be trained is the teacher's */
export async function requireTrained(submission: Submission): Promise<void> {
  const { file, names, isSame } = await compared(submission);
  const unchanged = names.filter((name) => isTrained(name) && isParameter(name) && isSame(name));
  if (unchanged.length > 0)
    throw new CriterionFailure(`${file}: ${listed(unchanged)} should be trained, and is as in the pretrained network`);
}

const listed = (names: readonly string[]): string =>
  names.length > MOST_NAMES
    ? `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
    : names.join(', ');
