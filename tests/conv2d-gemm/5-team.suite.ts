import { convGeometry, createRandom, type InputSize, type NetworkDescription, parameterCount } from '@im2grade/nn';
import {
  axesOf,
  type Call,
  criterion,
  CriterionFailure,
  direct,
  type Subject,
  expectEqual,
  geometries,
  holds,
  assertProperty,
  randomData,
  type Values,
} from '@im2grade/kit';
import {
  batchesOfOneLayer,
  calls,
  type Fill,
  imageSize,
  kernelSize,
  matSize,
  type OnLayer,
  outputSize,
  sizesOf,
} from './calls.ts';

/** How a call is run: by how many members, and which of them is always late. */
type Team = Required<Pick<Call, 'team' | 'straggler'>> & Pick<Call, 'isApart'>;

const NOBODY = -1;

/** On time, and with each of the members late: a result that is right by luck on one schedule is wrong on another. */
const teamsOf = (team: number): Team[] => Array.from({ length: team + 1 }, (_, i) => ({ team, straggler: i - 1 }));
/** If members meet only at barriers, two that write to one element are found without having to do so at one moment. */
const apart = (team: number): Team => ({ team, straggler: NOBODY, isApart: true });
const TEAMS = [...teamsOf(2), ...teamsOf(3), apart(2), apart(3)];
const ALONE: Team = { team: 1, straggler: NOBODY };

function describe({ team, straggler, isApart }: Team): string {
  if (team === 1) return 'one thread alone';
  if (isApart) return `a team of ${team} threads that see each other's results after a barrier only`;
  return `a team of ${team} threads${straggler === NOBODY ? '' : `, of which rank ${straggler} is late`}`;
}

/** Generated geometries; each is run by every team. */
const RUNS = 6;

/**
 * One image of one row, two or three rows of the matrix: most members of a team of four have nothing to do, and if they
 * are late they must not write any more.
 */
const FEWER_ROWS_THAN_MEMBERS = [
  convGeometry({ InY: 2, InX: 3, InC: 2, KnY: 2, KnX: 2, KnC: 3 }),
  convGeometry({ InY: 1, InX: 3, InC: 1, KnY: 1, KnX: 1, KnC: 1 }),
];

/** The first row of the matrix is in the padding and the second is not: a member that writes too much spoils its neighbour's. */
const PADDING_FIRST = convGeometry({ InY: 1, InX: 1, KnY: 1, KnX: 1, Py: 1 });

/** Some pixels in the padding, in each image. */
const SMALL = convGeometry({ InY: 3, InX: 4, InC: 2, KnY: 3, KnX: 2, KnC: 3, Py: 1 });

/** Each image is one row of the matrix: in a smaller batch, members of a team of four have nothing to do that had rows before. */
const ROW_OF_IMAGE = convGeometry({ InY: 2, InX: 2, InC: 2, KnY: 2, KnX: 2, KnC: 3 });

/** For a team of four, each of three rows: the third after a late one is spoilt by what it writes too far. More maps than before. */
const TWELVE_ROWS = convGeometry({ InY: 3, InX: 4, KnY: 1, KnX: 1, KnC: 4 });

/**
 * These take milliseconds: members that each do the whole work, and add to the same numbers, do so at the same time. On
 * small sizes the first is done before the last begins. The matrices are no larger than the largest that are examined
 * elsewhere.
 */
const LONG_IMAGES = convGeometry({ B: 2, InY: 64, InX: 64, InC: 2, KnY: 5, KnX: 5 });
const LONG_MATRICES = convGeometry({ InY: 15, InX: 15, InC: 5, KnY: 5, KnX: 5, KnC: 128 });
const LONG_RUNS = 2;
const PAIR: Team = { team: 2, straggler: NOBODY };
const FOUR: Team = { team: 4, straggler: NOBODY };
/** More members than most machines have cores. */
const MANY: Team = { team: 9, straggler: NOBODY };

/** Compares results of teams with what the definition says. */
type Agrees = (submission: Subject, seed: number, g: OnLayer, teams: readonly Team[], fill?: Fill) => Promise<void>;

/** Runs calls by a team, and compares what they return. */
const runBy = (submission: Subject, g: OnLayer, team: Team) => ({
  run: async (call: Call): Promise<Values[]> => (await submission.call({ ...call, ...team })).outputs,
  check: (
    name: string,
    axes: keyof typeof axesOf,
    got: Values,
    expected: Float64Array | ReturnType<typeof direct.Mat2Im>,
  ): void =>
    expectEqual({
      law: `${name} must be what the definition says; it was computed by ${describe(team)}`,
      name,
      axes: axesOf[axes](g),
      got: got as Float64Array,
      expected,
      geometry: sizesOf(g),
      inputs: [],
    }),
});

const imagesAgree: Agrees = async (submission, seed, g, teams, fill) => {
  const { real } = randomData(seed, g);
  const [image, dMat] = [real(imageSize(g)), real(matSize(g))];
  const expected = { mat: direct.Im2Mat(g, image), image: direct.Mat2Im(g, dMat) };
  for (const team of teams) {
    const { run, check } = runBy(submission, g, team);
    check('OUT', 'mat', (await run(calls.Im2Mat(g, image, fill)))[0], expected.mat);
    check('dError_dInput', 'image', (await run(calls.Mat2Im(g, dMat, fill)))[0], expected.image);
  }
};

const matricesAgree: Agrees = async (submission, seed, g, teams, fill) => {
  const { real } = randomData(seed, g);
  const [image, weights, biases, dOutput] = [imageSize(g), kernelSize(g), g.KnC, outputSize(g)].map((n) => real(n));
  const mat = direct.Im2Mat(g, image);
  const expected = {
    output: direct.convolution(g, image, weights, biases),
    dWeights: direct.dWeights(g, mat, dOutput),
    dBiases: direct.dBiases(g, dOutput),
    dInput: direct.dMat(g, weights, dOutput),
  };
  for (const team of teams) {
    const { run, check } = runBy(submission, g, team);
    const [output] = await run(calls.forward(g, mat, weights, biases, fill));
    check('OUT', 'output', output, expected.output);
    const [dWeights, dBiases, dInput] = await run(calls.backward(g, mat, weights, biases, dOutput, fill));
    check('dError_dWeights', 'weights', dWeights, expected.dWeights);
    check('dError_dBiases', 'biases', dBiases, expected.dBiases);
    check('dError_dInput', 'mat', dInput, expected.dInput);
  }
};

/** What a member keeps is not used again for another type of numbers. */
const agreesAfterSinglePrecision: Agrees = async (submission, seed, g, teams) => {
  const { real } = randomData(seed, g);
  const sizes = [matSize(g), kernelSize(g), g.KnC, outputSize(g)];
  const [mat, weights, biases, dOutput] = sizes.map((size) => real(size, 'float32'));
  for (const team of teams) {
    await submission.call({ ...calls.backward(g, mat, weights, biases, dOutput), ...team });
    await matricesAgree(submission, seed, g, [team]);
  }
};

/** A member keeps nothing from an earlier batch. */
const agreesBatchAfterBatch: Agrees = async (submission, seed, geometry, teams) => {
  for (const agree of [imagesAgree, matricesAgree])
    for (const g of batchesOfOneLayer(geometry)) await agree(submission, seed, g, teams);
};

/** A team overwrites what the buffers held, if one thread does: otherwise that is charged elsewhere. */
const overwritesTogether: Agrees = async (submission, seed, g, teams) => {
  for (const agree of [imagesAgree, matricesAgree])
    if (await holds(agree(submission, seed, g, [ALONE], 'garbage'))) await agree(submission, seed, g, teams, 'garbage');
};

/** Every function, run by teams, gives what the definition says. */
const agrees: Agrees = async (...given) => {
  await imagesAgree(...given);
  await matricesAgree(...given);
};

const B = 5;
const INPUT: InputSize = { InY: 6, InX: 7, InC: 2 };
/**
 * One layer reads what the other has written, and the two divide the rows differently: B·OpY, the number of rows of
 * pixels, is 25 in both, which is no multiple of 2 or of 3. So if members divide the matrix by rows of pixels and the
 * product by pixels, each but the first writes something that the one before it reads. The gradients depend on what the
 * last layer has read.
 */
const NETWORK: NetworkDescription = {
  layers: [
    { type: 'conv', KnY: 2, KnX: 3, KnC: 3, Sy: 1, Sx: 2, Py: 0, Px: 1 },
    { type: 'lrelu' },
    { type: 'conv', KnY: 3, KnX: 2, KnC: 2, Sy: 1, Sx: 1, Py: 1, Px: 0 },
    { type: 'linear', size: 4 },
    { type: 'softmax' },
  ],
};
const OUTPUTS = 4;
/** Of parameters: keeps the numbers near 1 from layer to layer. A softmax of large numbers has no gradient that could differ. */
const DEVIATION = 0.25;
/** Sums of a few hundred terms in another order differ by less; a number from the wrong batch by far more. */
const TOLERANCE = 1e-9;

/** Forward and backward through a network, run by a team, give what one thread gives. */
async function passesOn(submission: Subject, seed: number): Promise<void> {
  const random = createRandom(seed);
  const normal = (length: number, deviation = 1) => Float64Array.from({ length }, () => deviation * random.normal());
  const network = { description: NETWORK, input: INPUT, B };
  const [parameters, images] = [
    normal(parameterCount(NETWORK, INPUT), DEVIATION),
    normal(B * INPUT.InY * INPUT.InX * INPUT.InC),
  ];
  const call = calls.networkBackward(network, parameters, images, normal(B * OUTPUTS));
  const { outputs: expected } = await submission.call(call);
  for (const team of TEAMS) {
    const { outputs: got } = await submission.call({ ...call, ...team });
    for (const [i, name] of ['the parameters', 'the images'].entries()) {
      const wrong = expected[i].findIndex(
        (value, j) =>
          !Object.is(value, got[i][j]) && !(Math.abs(value - got[i][j]) <= TOLERANCE * Math.max(1, Math.abs(value))),
      );
      if (wrong < 0) continue;
      throw new CriterionFailure(
        `computed by ${describe(team)}, the gradient of ${name} at ${wrong} is ${got[i][wrong]}, by one thread ${expected[i][wrong]}; ` +
          'a layer reads what another member has not written yet: a barrier is missing',
      );
    }
  }
}

criterion(
  'team.agreement',
  async ({ submission, seed }) => {
    await assertProperty(
      seed,
      geometries({ padding: true, stride: true, nonSquare: true }),
      // A mistake that has nothing to do with threads shows on one.
      (g) => agrees(submission, seed, g, [ALONE, ...TEAMS]),
      RUNS,
    );
    for (const g of FEWER_ROWS_THAN_MEMBERS) await agrees(submission, seed, g, teamsOf(4));
    await agrees(submission, seed, PADDING_FIRST, TEAMS);
    await overwritesTogether(submission, seed, SMALL, [PAIR]);
    await agreesBatchAfterBatch(submission, seed, SMALL, [PAIR]);
    await agreesBatchAfterBatch(submission, seed, ROW_OF_IMAGE, [FOUR]);
    await agreesAfterSinglePrecision(submission, seed, TWELVE_ROWS, [PAIR]);
    await matricesAgree(submission, seed, TWELVE_ROWS, [{ team: 4, straggler: 1 }]);
    await agrees(submission, seed, TWELVE_ROWS, [MANY]);
    const again = new Array<Team>(LONG_RUNS).fill(PAIR);
    await imagesAgree(submission, seed, LONG_IMAGES, again);
    await matricesAgree(submission, seed, LONG_MATRICES, again);
    await passesOn(submission, seed);
  },
  { seeded: true },
);
