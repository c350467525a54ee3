import { criterion, examination, judgeForm, withoutLoops } from '@im2grade/kit';

const LAYERS = '@im2grade/layers';
const NN = '@im2grade/nn';
/** Names that compute nothing. */
const PLAIN = ['NotImplementedError', 'realOf'];

/** The library's other layers and nets compute what is asked for. */
const convolveCalls = (times: number) =>
  withoutLoops(
    { from: LAYERS, what: 'convolve', times },
    { [LAYERS]: ['ConvolutionalLayer', 'convolve'], [NN]: PLAIN },
  );

criterion('fully-connected.no-loops', () => {
  const rule = withoutLoops(undefined, { [LAYERS]: ['FullyConnectedLayer'], [NN]: [...PLAIN, 'gemm'] });
  const asked = ['ComputeUp', 'ComputeDown'].map((method) => ({
    file: 'src/FullyConnected.ts',
    name: `FullyConnected.${method}`,
    rule,
  }));
  return Promise.resolve(judgeForm(examination().sources(), asked));
});

criterion('conv-method2.form', () => {
  const file = 'src/ConvMethod2.ts';
  return Promise.resolve(
    judgeForm(examination().sources(), [
      { file, name: 'ConvMethod2.ComputeUp', rule: convolveCalls(1) },
      { file, name: 'ConvMethod2.ComputeDown', rule: convolveCalls(2) },
    ]),
  );
});
