import { cifarFolder, IMAGES_OF_A_FILE } from './cifar/cifarFiles.ts';
import { loadCifar } from './cifar/loadCifar.ts';
import { MADE_UP, madeUpCifar } from './cifar/madeUpCifar.ts';
import { embeddedDigits } from './embeddedDigits.ts';
import { mnist16 } from './small/mnist16.ts';

/** Images of one size, row-major, and their labels. */
export interface LabelledImages {
  readonly images: Uint8Array | Float32Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** A data set that an assignment can name in `assignment.yaml`. */
export interface DataSet {
  readonly description: string;
  /** The parts and how many images each has. */
  readonly split: Readonly<Record<string, number>>;
  /** @throws DataError in one line if it is fetched by a command of its own and is not there */
  readonly load: () => Readonly<Record<string, LabelledImages>>;
}

const split = { train: 6999, validation: 1005, hiddenTest: 1996 };
const splitCifar = { train: IMAGES_OF_A_FILE, test: IMAGES_OF_A_FILE };
const split16 = { train: 5999, validation: 1000, test: 1005 };

/** All data sets by name: to add one, add a line. */
export const DATA_SETS = {
  mnist: { description: 'digits of MNIST (mnist 1.1.0)', split, load: embeddedDigits },
  mnist16: { description: 'digits of MNIST (mnist 1.1.0) resampled to 16×16', split: split16, load: loadMnist16 },
  cifar10: { description: 'images of CIFAR-10', split: splitCifar, load: () => loadCifar(cifarFolder(), 1) },
  'cifar10-made-up': { description: 'images in the form of CIFAR-10', split: MADE_UP, load: madeUpCifar },
} as const satisfies Readonly<Record<string, DataSet>>;

export type DataSetName = keyof typeof DATA_SETS;
export type DataSetParts<Name extends DataSetName> = ReturnType<(typeof DATA_SETS)[Name]['load']>;

export const dataSetNames = Object.keys(DATA_SETS) as DataSetName[];
export const isDataSetName = (name: string): name is DataSetName => Object.hasOwn(DATA_SETS, name);

/** `mnist: 10,000 digits of MNIST (mnist 1.1.0): 6,999 train, …` */
export function describeDataSet(name: DataSetName): string {
  const { description, split }: DataSet = DATA_SETS[name];
  const counts = Object.entries(split);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const parts = counts.map(([part, count]) => `${grouped(count)} ${part}`);
  return `${name}: ${grouped(all)} ${description}: ${parts.join(', ')}`;
}

const grouped = (count: number): string => count.toLocaleString('en-US');

function loadMnist16() {
  const { name: _, ...parts } = mnist16(embeddedDigits());
  return parts;
}
