import type { Counterexample, Evidence, GradientCheck, Scaling, Timing } from '../../model/evidence.ts';
import { fromNum } from '../../model/evidence.ts';
import { wrongCells } from '../tensor/wrongCells.ts';
import { geometryText } from '../text/geometry.ts';
import { count, duration, exact, percent, short } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { median } from '../../model/median.ts';
import { type TerminalStyle, drawingWidth, drawn, labelled } from './lines.ts';
import { drawMatrices } from './matrix.ts';

/** Inputs of more elements are left to the page and to the JSON file. */
const MOST_INPUT_VALUES = 72;
const MOST_MESSAGE_LINES = 6;

/** One piece of evidence as lines. */
export function evidenceLines(paper: TerminalStyle, evidence: Evidence): string[] {
  switch (evidence.type) {
    case 'counterexample':
      return counterexample(paper, evidence);
    case 'misbehaviour':
      return [
        ...labelled(paper, 'behaviour', `${evidence.what.replaceAll('-', ' ')}: ${beginning(evidence.message)}`),
        ...labelled(paper, 'case', geometryText(evidence.geometry ?? {})),
      ];
    case 'gradient-check':
      return gradientCheck(paper, evidence);
    case 'timing':
      return timing(paper, evidence);
    case 'scaling':
      return scaling(paper, evidence);
    case 'learning-curves':
      return evidence.series.flatMap(({ name, crossEntropy, accuracy }) =>
        accuracy.length === 0
          ? []
          : labelled(
              paper,
              'training',
              `${name}: cross-entropy ${short(crossEntropy.at(-1) ?? 'NaN')}, accuracy ${percent(fromNum(accuracy.at(-1) ?? 'NaN'))} after ${count(accuracy.length, 'epoch')}`,
            ),
      );
    case 'classification': {
      const { correct, digits, accuracy, required } = evidence;
      return labelled(
        paper,
        'accuracy',
        `${percent(accuracy)} (${correct} of ${digits} hidden digits); ${percent(required)} asked`,
      );
    }
    case 'remark':
      return labelled(paper, 'note', evidence.message);
  }
}

function counterexample(paper: TerminalStyle, evidence: Counterexample): string[] {
  const { expected, got, inputs, geometry, dtype, wrongIndex = 0 } = evidence;
  const width = drawingWidth(paper);
  const wrong = wrongCells(evidence);
  const given = inputs.filter((tensor) => tensor.values.length <= MOST_INPUT_VALUES);
  const outputs = [
    ...(expected ? [{ title: `${expected.name}: expected`, tensor: expected, around: wrongIndex, wrong }] : []),
    ...(got ? [{ title: `${got.name}: got`, tensor: got, around: wrongIndex, wrong }] : []),
  ];
  const input = given.flatMap((tensor) =>
    drawMatrices(paper, [{ title: tensor.name, tensor, around: 0, wrong: new Set<number>() }], width),
  );
  return [
    ...labelled(paper, 'law', evidence.law),
    ...labelled(paper, 'case', [geometryText(geometry ?? {}), dtype ?? ''].filter(Boolean).join(' ')),
    ...(input.length > 0 ? ['', ...drawn(input)] : []),
    ...(outputs.length > 0 ? ['', ...drawn(drawMatrices(paper, outputs, width)), ''] : []),
    ...labelled(paper, 'likely', evidence.cause ?? ''),
  ];
}

function gradientCheck(paper: TerminalStyle, { network, tolerance, tensors }: GradientCheck): string[] {
  const off = tensors.filter(({ maxError }) => !(fromNum(maxError) <= tolerance));
  return [
    ...labelled(paper, 'network', network),
    ...off.flatMap(({ name, maxError, worstIndex, analytic, numeric }) =>
      labelled(
        paper,
        'gradient',
        `✗ ${name}: error ${short(maxError)} at ${worstIndex}: yours ${exact(analytic)}, numeric ${exact(numeric)}`,
      ),
    ),
    ...labelled(
      paper,
      '',
      `${tensors.length - off.length} of ${count(tensors.length, 'tensor')} within ${short(tolerance)}`,
    ),
  ];
}

function timing(
  paper: TerminalStyle,
  { operation, geometry, seconds, ratio, fullCreditRatio, naiveRatio, credit }: Timing,
): string[] {
  const medians = Object.entries(seconds).map(([name, samples]) => `${name} ${duration(median(samples))}`);
  return [
    ...labelled(paper, 'timed', `${operation}, ${geometryText(geometry)}`),
    ...labelled(paper, 'medians', medians.join(', ')),
    ...labelled(
      paper,
      'ratio',
      `${ratio.median.toFixed(2)} × the reference's time (95 %: ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}); ` +
        `full credit up to ${fullCreditRatio.toFixed(2)}, none from ${naiveRatio.toFixed(1)}; credit ${percent(credit)}`,
    ),
  ];
}

/** If one thread needs less than this share of what a team does, the rest explains the speed-up. */
const MUCH_IN_VAIN = 0.9;

function scaling(paper: TerminalStyle, { operation, geometry, team, seconds, speedUp, credit }: Scaling): string[] {
  const needed = median(seconds.submission.alone) / median(seconds.submission.inTurns);
  const told = Object.entries(speedUp).map(
    ([name, { median: factor, low, high }]) =>
      `${name} ${factor.toFixed(2)} × (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
  return [
    ...labelled(paper, 'timed', `${operation}, ${geometryText(geometry)}`),
    ...labelled(paper, 'speed-up', `on ${team} threads: ${told.join(', ')}; credit ${percent(credit)}`),
    ...(needed < MUCH_IN_VAIN
      ? labelled(paper, 'work', `one thread needs ${percent(needed)} of the time of the team in turns`)
      : []),
  ];
}

function beginning(message: string): string {
  const lines = printable(message).split('\n');
  return lines.length <= MOST_MESSAGE_LINES
    ? lines.join('\n')
    : [...lines.slice(0, MOST_MESSAGE_LINES), '…'].join('\n');
}
