import type { DescribedModel } from '@im2grade/models';

/** Why a model is no classifier of CIFAR-10's images; undefined if it is one. */
export function problemWithImages({ input, output }: Pick<DescribedModel, 'input' | 'output'>): string | undefined {
  const expected = input.channels === 'first' ? '3×32×32' : '32×32×3';
  if (input.shape.join('×') !== expected) return `takes images of ${input.shape.join('×')}; CIFAR-10's are ${expected}`;
  return output.join() === '10' ? undefined : `gives ${output.join('×')} numbers; CIFAR-10 has 10 classes`;
}
