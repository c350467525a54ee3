import { endInOneLine, type Hostile } from '../../test/endInOneLine.ts';
import { chain, conv, external, modelOf, zeros } from '../../test/writeOnnx.ts';

const outside = (location: string): Hostile => [
  `has its weights in ${JSON.stringify(location)}`,
  /^refused: m\.onnx: the tensor "w" is in ".*", (outside of the model's folder; export|which is not there; hand it in as m\.onnx\.data, or export) with/,
  () => modelOf([external('w', 108, { location }), ...chain(conv())]),
];

endInOneLine('whose weights are elsewhere', [
  outside('weights.bin'),
  outside('/etc/passwd'),
  outside('../../secret'),
  outside('a/../../secret'),
  outside('file:///etc/passwd'),
  outside('C:\\secret'),
  outside('..\\secret'),
  outside('/dev/zero'),
  outside('*/_ORT_MEM_ADDR_/*'),
  outside(''),
  [
    'points behind its second file',
    /is at bytes 8 to 440 of "m\.data", which has 432/,
    () => modelOf([external('w', 108, { location: 'm.data', offset: '8', length: '432' }), ...chain(conv())]),
    { 'm.data': zeros(108) },
  ],
  [
    'points before its second file',
    /is at bytes -8 to/,
    () => modelOf([external('w', 108, { location: 'm.data', offset: '-8' }), ...chain(conv())]),
    { 'm.data': zeros(108) },
  ],
  [
    'points nowhere in its second file',
    /is at bytes NaN to/,
    () => modelOf([external('w', 108, { location: 'm.data', offset: 'x' }), ...chain(conv())]),
    { 'm.data': zeros(108) },
  ],
]);
