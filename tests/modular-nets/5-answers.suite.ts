import { type AskedCells, criterion, either, examination, follows, judgeAnswers } from '@im2grade/kit';
import { bestOf } from './bestModels.ts';

const judge = (asked: AskedCells) => Promise.resolve(judgeAnswers(examination().sources(), 'answers.yaml', asked));

criterion('warm-up.answers', () =>
  judge({
    warm_up: {
      output_size: [12, 12],
      output_units: 12 * 12 * 32,
      weights: 5 * 5 * 8 * 32,
      biases: 32,
      fully_connected_weights: 16 * 16 * 8 * 12 * 12 * 32,
      same_size_padding: 2,
      stride_2_output_size: [6, 6],
      // The expression of the seventh question for 30×21, k = 4, s = 3, p = 2.
      expression: [11, 8],
    },
  }),
);

type Cells = readonly (readonly number[])[];

const at = (layer: string, ...cells: string[]): string[] => cells.map((cell) => `layers.${layer}.${cell}`);
/** Units of a layer: its spatial size times its channels. */
const unitsOf = ([[rows, columns], [channels]]: Cells): number => rows * columns * channels;
const units = (right: number, layer: string) =>
  follows(right, at(layer, 'spatial_size', 'channels'), (...cells) => unitsOf(cells));
const halved = (right: number[], before: string) =>
  follows(right, at(before, 'spatial_size'), ([rows, columns]) => [Math.floor(rows / 2), Math.floor(columns / 2)]);
const unchanged = (right: number | number[], [from]: string[]) =>
  follows(right, [from], (cell) => (Array.isArray(right) ? cell : cell[0]));

// Connections to the padding are not connections to input units; an answer that counts them, as many do, is right as
// well.
criterion('layers.conv-1', () =>
  judge({
    layers: {
      conv_1: {
        spatial_size: [16, 16],
        channels: 16,
        units: units(4096, 'conv_1'),
        connections: follows(either(4096 * 25, 74 * 74 * 16), at('conv_1', 'units'), ([own]) => own * 25),
        parameters: follows(400, at('conv_1', 'channels'), ([channels]) => 25 * channels),
      },
    },
  }),
);

/** A pooling layer has the channels of the layer before, and a window of 2×2. */
const pooling = (layer: string, before: string, [size, channels]: readonly [number, number]): AskedCells => ({
  spatial_size: halved([size, size], before),
  channels: unchanged(channels, at(before, 'channels')),
  units: units(size * size * channels, layer),
  connections: follows(4 * size * size * channels, at(layer, 'units'), ([own]) => 4 * own),
  parameters: 0,
});

criterion('layers.maxpool-1', () => judge({ layers: { maxpool_1: pooling('maxpool_1', 'conv_1', [8, 16]) } }));

criterion('layers.conv-2', () =>
  judge({
    layers: {
      conv_2: {
        spatial_size: unchanged([8, 8], at('maxpool_1', 'spatial_size')),
        channels: 32,
        units: units(2048, 'conv_2'),
        connections: follows(
          either(2048 * 25 * 16, 34 * 34 * 16 * 32),
          [...at('conv_2', 'units'), ...at('maxpool_1', 'channels')],
          ([own], [channels]) => own * 25 * channels,
        ),
        parameters: follows(
          12_800,
          [...at('maxpool_1', 'channels'), ...at('conv_2', 'channels')],
          ([before], [channels]) => 25 * before * channels,
        ),
      },
    },
  }),
);

criterion('layers.maxpool-2', () => judge({ layers: { maxpool_2: pooling('maxpool_2', 'conv_2', [4, 32]) } }));

/** Every unit is connected to every unit of the layer before, each by a weight of its own. */
const connected = (right: number, layer: string, before: string) =>
  follows(right, [...at(before, 'units'), ...at(layer, 'units')], ([inputs], [outputs]) => inputs * outputs);
const fullyConnected = (layer: string, before: string, right: Readonly<Record<'units' | 'weights', number>>) => ({
  spatial_size: [1, 1],
  channels: right.units,
  units: units(right.units, layer),
  connections: connected(right.weights, layer, before),
  parameters: connected(right.weights, layer, before),
});

criterion('layers.fc-1', () =>
  judge({ layers: { fc_1: fullyConnected('fc_1', 'maxpool_2', { units: 512, weights: 262_144 }) } }),
);

criterion('layers.output', () =>
  judge({ layers: { output: fullyConnected('output', 'fc_1', { units: 10, weights: 5120 }) } }),
);

const LOGISTIC_REGRESSION = 10 * (16 * 16 + 1);

// The student found out which model is the best, and explains it in the report.
criterion('totals.parameters', async () => {
  const verdict = await judge({
    totals: {
      fully_connected: bestOf({ logreg: LOGISTIC_REGRESSION, net_1layer: 136_714, net_2layer: 399_370 }),
      convolutional: bestOf({ convnet1: 272_586, convnet2: 281_034 }),
    },
  });
  if (verdict.status === 'passed') return verdict;
  const message = 'a model that another beats in every validation and test number of your own table is not the best';
  return { ...verdict, evidence: [...verdict.evidence, { type: 'remark', message }] };
});
