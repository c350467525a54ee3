import { loadResnet18, TensorDigests } from '@im2grade/data/teacherDigests';
import { declaredData, Undecided } from '@im2grade/kit';
import small from './teacher.json' with { type: 'json' };

/**
 * The tensors of the network that was trained before: the small one, if the images are made up.
 *
 * @throws Undecided if it is not here
 */
export function teacher(): TensorDigests {
  if (declaredData().name !== 'cifar10') return TensorDigests.parse(small);
  try {
    return loadResnet18();
  } catch (error) {
    throw new Undecided((error as Error).message);
  }
}
