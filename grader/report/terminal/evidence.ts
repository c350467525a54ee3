import type { Counterexample, Evidence, GradientCheck, LearningCurves, Scaling, Timing } from '../../model/evidence.ts';
import { fromNum } from '../../model/evidence.ts';
import { distinctTexts, wrongCells } from '../tensor/wrongCells.ts';
import { geometryText } from '../text/geometryText.ts';
import { count, duration, exact, percent, short } from '../text/numbers.ts';
import { measurementText } from '../text/measurementText.ts';
import { printable } from '../text/printable.ts';
import { median } from '../../common/median.ts';
import { type TerminalStyle, drawingWidth, drawn, labelled } from './lines.ts';
import { drawMatrices } from './matrix.ts';

/** Inputs with more elements are shown only in the page and the JSON file. */
const MOST_INPUT_VALUES = 72;
const MOST_MESSAGE_LINES = 6;

/** One piece of evidence as lines. */
export function evidenceLines(style: TerminalStyle, evidence: Evidence): string[] {
  switch (evidence.type) {
    case 'counterexample':
      return counterexample(style, evidence);
    case 'misbehaviour':
      return [
        ...labelled(style, 'behaviour', `${evidence.what.replaceAll('-', ' ')}: ${beginning(evidence.message)}`),
        ...labelled(style, 'case', geometryText(evidence.geometry ?? {})),
        ...labelled(style, 'nearby', evidence.nearby ?? ''),
      ];
    case 'gradient-check':
      return gradientCheck(style, evidence);
    case 'timing':
      return timing(style, evidence);
    case 'scaling':
      return scaling(style, evidence);
    case 'learning-curves':
      return evidence.series.flatMap((series) => labelled(style, 'training', endOfTraining(evidence, series)));
    case 'classification': {
      const { correct, digits, accuracy, required } = evidence;
      return labelled(
        style,
        'accuracy',
        `${percent(accuracy)} (${correct} of ${digits} hidden digits); ${percent(required)} required`,
      );
    }
    case 'pictures':
      return labelled(
        style,
        'pictures',
        `${evidence.shows} The page shows ${count(evidence.pictures.length, 'picture')}.`,
      );
    case 'measurement':
      return labelled(style, 'measured', measurementText(evidence));
    case 'remark':
      return labelled(
        style,
        'note',
        evidence.by === undefined ? evidence.message : `${evidence.by}: ${evidence.message}`,
      );
  }
}

/** Where a series ends; an empty text if nothing was measured. */
function endOfTraining({ files }: LearningCurves, { name, crossEntropy, accuracy }: LearningCurves['series'][number]) {
  const ends = [
    ...crossEntropy.slice(-1).map((loss) => `${files ? 'loss' : 'cross-entropy'} ${short(loss)}`),
    ...accuracy.slice(-1).map((share) => `accuracy ${percent(fromNum(share))}`),
  ];
  const epochs = Math.max(crossEntropy.length, accuracy.length);
  return ends.length === 0 ? '' : `${name}: ${ends.join(', ')} after ${count(epochs, 'epoch')}`;
}

function counterexample(style: TerminalStyle, evidence: Counterexample): string[] {
  const { expected, got, inputs, geometry, dtype, wrongIndex = 0 } = evidence;
  const width = drawingWidth(style);
  const wrong = wrongCells(evidence);
  const texts = distinctTexts(evidence, wrong);
  const given = inputs.filter((tensor) => tensor.values.length <= MOST_INPUT_VALUES);
  const outputs = [
    ...(expected
      ? [{ title: `${expected.name}: expected`, tensor: expected, around: wrongIndex, wrong, textOf: texts(0) }]
      : []),
    ...(got ? [{ title: `${got.name}: got`, tensor: got, around: wrongIndex, wrong, textOf: texts(1) }] : []),
  ];
  const input = given.flatMap((tensor) =>
    drawMatrices(style, [{ title: tensor.name, tensor, around: 0, wrong: new Set<number>() }], width),
  );
  return [
    ...labelled(style, 'law', evidence.law),
    ...labelled(style, 'case', [geometryText(geometry ?? {}), dtype ?? ''].filter(Boolean).join(' ')),
    ...(input.length > 0 ? ['', ...drawn(input)] : []),
    ...(outputs.length > 0 ? ['', ...drawn(drawMatrices(style, outputs, width)), ''] : []),
    ...(evidence.replay?.against === 'other-inputs'
      ? labelled(style, 'expected', 'computed from your own results for other inputs, which may be wrong themselves')
      : []),
    ...labelled(style, 'nearby', evidence.nearby ?? ''),
    ...labelled(style, 'likely', evidence.cause ?? ''),
  ];
}

function gradientCheck(style: TerminalStyle, { network, tolerance, tensors }: GradientCheck): string[] {
  const off = tensors.filter(({ maxError }) => !(fromNum(maxError) <= tolerance));
  return [
    ...labelled(style, 'network', network),
    ...off.flatMap(({ name, maxError, worstIndex, analytic, numeric }) =>
      labelled(
        style,
        'gradient',
        `✗ ${name}: error ${short(maxError)} at ${worstIndex}: yours ${exact(analytic)}, numeric ${exact(numeric)}`,
      ),
    ),
    ...labelled(
      style,
      '',
      `${tensors.length - off.length} of ${count(tensors.length, 'tensor')} within ${short(tolerance)}`,
    ),
  ];
}

function timing(
  style: TerminalStyle,
  { operation, geometry, seconds, ratio, fullCreditRatio, naiveRatio, credit }: Timing,
): string[] {
  const medians = Object.entries(seconds).map(([name, samples]) => `${name} ${duration(median(samples))}`);
  return [
    ...labelled(style, 'timed', `${operation}, ${geometryText(geometry)}`),
    ...labelled(style, 'medians', medians.join(', ')),
    ...labelled(
      style,
      'ratio',
      `${ratio.median.toFixed(2)} × the reference's time (95 %: ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}); ` +
        `full credit up to ${fullCreditRatio.toFixed(2)}, none from ${naiveRatio.toFixed(1)}; credit ${percent(credit)}`,
    ),
  ];
}

/** If one thread needs less than this share of what a team does, the rest explains the speed-up. */
const MUCH_IN_VAIN = 0.9;

function scaling(style: TerminalStyle, { operation, geometry, team, seconds, speedUp, credit }: Scaling): string[] {
  const needed = median(seconds.submission.alone) / median(seconds.submission.inTurns);
  const speedUps = Object.entries(speedUp).map(
    ([name, { median: factor, low, high }]) =>
      `${name} ${factor.toFixed(2)} × (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
  return [
    ...labelled(style, 'timed', `${operation}, ${geometryText(geometry)}`),
    ...labelled(style, 'speed-up', `on ${team} threads: ${speedUps.join(', ')}; credit ${percent(credit)}`),
    ...(needed < MUCH_IN_VAIN
      ? labelled(style, 'work', `one thread needs ${percent(needed)} of the time of the team in turns`)
      : []),
  ];
}

function beginning(message: string): string {
  const lines = printable(message).split('\n');
  return lines.length <= MOST_MESSAGE_LINES
    ? lines.join('\n')
    : [...lines.slice(0, MOST_MESSAGE_LINES), '…'].join('\n');
}
