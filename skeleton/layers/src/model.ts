/** How a layer learns; the names are those of the YAML files. */
export interface Learning {
  /** The initial weights are normal with this deviation; biases begin at 0. */
  readonly init_wt: number;
  /** The learning rate. */
  readonly epsilon: number;
  readonly momentum: number;
  /** Of the weights; biases do not decay. */
  readonly l2_decay: number;
}

export interface FullyConnectedDescription extends Learning {
  readonly name: string;
  readonly type: 'FC';
  readonly num_channels: number;
}

/** The positions of a window: kernels and windows are square. */
export interface Windowed {
  readonly kernel_size: number;
  readonly stride: number;
  /** Rows and columns of zeros on each of the four sides. */
  readonly padding: number;
}

export interface ConvolutionalDescription extends Learning, Windowed {
  readonly name: string;
  readonly type: 'CONVOLUTIONAL';
  readonly num_channels: number;
  readonly convolve_method: 'method1' | 'method2';
}

export interface MaxPoolDescription extends Windowed {
  readonly name: string;
  readonly type: 'MAXPOOL';
}

export type LayerDescription = FullyConnectedDescription | ConvolutionalDescription | MaxPoolDescription;

/** What a network is made of. */
export interface NetworkDescription {
  readonly input_image_size_y: number;
  readonly input_image_size_x: number;
  readonly input_num_channels: number;
  /** ReLU follows each layer that learns; softmax the last one, which is fully connected. */
  readonly network: readonly LayerDescription[];
}

/** A YAML file of `models/`: a network, and how it is trained. */
export interface Model extends NetworkDescription {
  readonly max_epochs: number;
  readonly batch_size: number;
  readonly data_path: string;
  readonly checkpoint_file: string;
  readonly performance_stats: string;
  /** Write a page with a random example and the activations of all layers. */
  readonly display: boolean;
  /** Batches between two such pages. */
  readonly display_after: number;
}
