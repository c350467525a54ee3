export { offset, reshape, sizeOf, tensor, type Tensor, zeros } from './tensor.ts';
export { ALL, assign, slice, type Range } from './slice.ts';
export { addColumn, addRow, maximum, scale, stack } from './elementwise.ts';
export { matmul, type MatmulOptions } from './matmul.ts';
export { flip, sum } from './axes.ts';
export { diffMse } from './diffMse.ts';
export {
  type AmidOthers,
  amidOthers,
  type Counted,
  counting,
  deliver,
  type Shapes,
  tensorsOf,
} from './entryTensors.ts';
