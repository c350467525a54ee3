import { criterion, examination, judgeForm, withoutLoops } from '@im2grade/kit';

const LAYERS = '@im2grade/layers';
const convolveCalls = (times: number) =>
  withoutLoops({ from: LAYERS, what: 'convolve', times }, { [LAYERS]: ['ConvMethod1'] });

criterion('fully-connected.no-loops', () => {
  const rule = withoutLoops();
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
