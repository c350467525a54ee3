import { type AskedCells, criterion, either, examination, judgeAnswers } from '@im2grade/kit';

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

// Connections to the padding are not connections to input units; an answer that counts them, as many do, is right as
// well.
criterion('layers.conv-1', () =>
  judge({
    layers: {
      conv_1: {
        spatial_size: [16, 16],
        channels: 16,
        units: 4096,
        connections: either(4096 * 25, 74 * 74 * 16),
        parameters: 400,
      },
    },
  }),
);

criterion('layers.maxpool-1', () =>
  judge({
    layers: { maxpool_1: { spatial_size: [8, 8], channels: 16, units: 1024, connections: 4096, parameters: 0 } },
  }),
);

criterion('layers.conv-2', () =>
  judge({
    layers: {
      conv_2: {
        spatial_size: [8, 8],
        channels: 32,
        units: 2048,
        connections: either(2048 * 25 * 16, 34 * 34 * 16 * 32),
        parameters: 12_800,
      },
    },
  }),
);

criterion('layers.maxpool-2', () =>
  judge({
    layers: { maxpool_2: { spatial_size: [4, 4], channels: 32, units: 512, connections: 2048, parameters: 0 } },
  }),
);

criterion('layers.fc-1', () =>
  judge({
    layers: { fc_1: { spatial_size: [1, 1], channels: 512, units: 512, connections: 262_144, parameters: 262_144 } },
  }),
);

criterion('layers.output', () =>
  judge({ layers: { output: { spatial_size: [1, 1], channels: 10, units: 10, connections: 5120, parameters: 5120 } } }),
);

// The student found out which model is the best, and explains it in the report.
criterion('totals.parameters', () =>
  judge({
    totals: { fully_connected: either(2570, 136_714, 399_370), convolutional: either(272_586, 281_034) },
  }),
);
