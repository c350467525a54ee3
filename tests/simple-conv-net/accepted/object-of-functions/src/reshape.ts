import { reshape, sizeOf, type Tensor, zeros } from '@im2grade/tensor';

enum Axis {
  Image,
  Channel,
  Row,
  Column,
}

const scalar = (a: Tensor): Tensor => {
  const columns = a.shape[Axis.Channel] * a.shape[Axis.Row] * a.shape[Axis.Column];
  const z = zeros([a.shape[Axis.Image], columns], a);
  let at = 0;
  do {
    z.data[at] = a.data[at];
  } while (++at < sizeOf(a.shape));
  return z;
};

const vector = (a: Tensor): Tensor =>
  reshape(a, [a.shape[Axis.Image], a.shape.slice(Axis.Channel).reduce((p, q) => p * q)]);

export { scalar as reshapeScalar, vector as reshapeVector };
