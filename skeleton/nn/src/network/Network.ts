import { convGeometry, type Geometry } from '../geometry.ts';
import { InputLayer } from '../layers/InputLayer.ts';
import { LinearLayer } from '../layers/LinearLayer.ts';
import { LReLuLayer } from '../layers/LReLuLayer.ts';
import { SoftMaxLayer } from '../layers/SoftMaxLayer.ts';
import { type Real, type RealConstructor, teamOfOne, type Team } from '@im2grade/engine';
import { createRandom, type Random } from '../numbers/random.ts';
import type { Activation } from './Activation.ts';
import type { Layer } from './Layer.ts';
import type { Params } from './Params.ts';

/** The two layers that make a convolution; the assignment's deliverables. */
export interface ConvolutionLayers {
  readonly Im2MatLayer: new (ID: number, geometry: Geometry) => Layer;
  readonly Conv2DLayer: new (ID: number, geometry: Geometry) => Layer;
}

/** Makes the layers of a convolution, the first of them number `ID`. */
export type ConvolutionFactory = (ID: number, geometry: Geometry) => readonly Layer[];

export interface NetworkOptions {
  /** Seed of the initial parameters. */
  readonly seed?: number;
  readonly real?: RealConstructor;
  /** The layers of a convolution: an assignment's two classes, or a factory. */
  readonly convolution?: ConvolutionLayers | ConvolutionFactory;
  readonly team?: Team;
  /** Called with each layer's banner when it is added. */
  readonly log?: (banner: string) => void;
}

type ConvolutionSizes = Pick<Geometry, 'InX' | 'InY' | 'InC' | 'KnX' | 'KnY' | 'KnC'> &
  Partial<Pick<Geometry, 'Sx' | 'Sy' | 'Px' | 'Py'>>;

const twoLayers =
  ({ Im2MatLayer, Conv2DLayer }: ConvolutionLayers): ConvolutionFactory =>
  (ID, geometry) => [new Im2MatLayer(ID, geometry), new Conv2DLayer(ID + 1, geometry)];

/** A chain of layers with their parameters and gradients, and one reused workspace for each batch size. */
export class Network {
  readonly layers: Layer[] = [];
  readonly params: Params[] = [];
  readonly grads: Params[] = [];
  readonly real: RealConstructor;
  readonly #random: Random;
  readonly #convolution: ConvolutionFactory | undefined;
  readonly team: Team;
  readonly #log: (banner: string) => void;
  readonly #workspaces = new Map<number, Activation[]>();

  constructor({ seed = 0, real = Float64Array, convolution, team = teamOfOne, log = () => {} }: NetworkOptions = {}) {
    this.real = real;
    this.#random = createRandom(seed);
    this.#convolution = typeof convolution === 'object' ? twoLayers(convolution) : convolution;
    this.team = team;
    this.#log = log;
  }

  get nInputs(): number {
    return this.#built()[0].size;
  }

  get nOutputs(): number {
    return this.#built()[this.layers.length - 1].size;
  }

  get nParams(): number {
    return this.params.reduce((sum, { nWeights, nBiases }) => sum + nWeights + nBiases, 0);
  }

  addInput(size: number): void {
    if (this.layers.length > 0) throw new Error('Multiple input layers');
    this.#add(new InputLayer(size, 0));
  }

  addLinear(nIn: number, size: number): void {
    this.#follow(nIn, size);
    this.#add(new LinearLayer(this.layers.length, nIn, size));
  }

  addLReLu(size: number): void {
    this.#follow(size, size);
    this.#add(new LReLuLayer(size, this.layers.length));
  }

  addSoftMax(size: number): void {
    this.#follow(size, size);
    this.#add(new SoftMaxLayer(size, this.layers.length));
  }

  /**
   * Adds a layer of any kind.
   *
   * @param make - gets the layer's number, and the number of its inputs
   */
  addLayer(make: (ID: number, nInputs: number) => Layer): void {
    const size = this.nOutputs;
    this.#add(make(this.layers.length, size));
  }

  /**
   * Adds two layers as in the original exercise, Im2Mat (no parameters) and Conv2D, or those of the factory. The default
   * padding keeps the image size for odd kernels.
   */
  addConv2D({
    InX,
    InY,
    InC,
    KnX,
    KnY,
    KnC,
    Sx = 1,
    Sy = 1,
    Px = (KnX - 1) / 2,
    Py = (KnY - 1) / 2,
  }: ConvolutionSizes): void {
    if (!this.#convolution) throw new Error('The network was made without convolution layers');
    const geometry = convGeometry({ InX, InY, InC, KnX, KnY, KnC, Sx, Sy, Px, Py });
    this.#follow(InY * InX * InC, geometry.OpY * geometry.OpX * KnC);
    const ID = this.layers.length;
    for (const layer of this.#convolution(ID, geometry)) this.#add(layer);
  }

  /**
   * @param input - `[B][nInputs]`, copied, unless it is the layer's own buffer
   * @param layerStart - the layer whose output `input` is; 0 for the network's input
   * @returns the last layer's output `[B][nOutputs]`: a view that the next call overwrites
   */
  forward(input: Real, B: number, layerStart = 0): Real {
    const act = this.activations(B);
    this.#fill(act[layerStart].output, input);
    for (let ID = layerStart + 1; ID < this.layers.length; ID++) this.layers[ID].forward(act, this.params, this.team);
    return act[this.layers.length - 1].output;
  }

  /**
   * Fills `grads` (sums over the batch) and every layer's `dError_dOutput`, after a `forward` of the same batch.
   *
   * @param layerStart - back-propagates through the layers after this one; 0 for the gradient of the network's input
   */
  backward(dError_dOutput: Real, B: number, layerStart = 0): void {
    const act = this.activations(B);
    this.#fill(act[this.layers.length - 1].dError_dOutput, dError_dOutput);
    for (let ID = this.layers.length - 1; ID > layerStart; ID--)
      this.layers[ID].backward(act, this.params, this.grads, this.team);
  }

  /** The workspace for batches of B: the latest output of each layer. */
  activations(B: number): Activation[] {
    const known = this.#workspaces.get(B);
    if (known) return known;
    const workspace = this.#built().map((layer) => layer.allocateActivation(B, this.real));
    this.#workspaces.set(B, workspace);
    return workspace;
  }

  /** All parameters in layer order, each layer's weights before its biases. */
  parameters(): Real {
    return this.#flat(this.params);
  }

  /** All gradients, in the order of `parameters`. */
  gradients(): Real {
    return this.#flat(this.grads);
  }

  setParameters(flat: Real): void {
    if (flat.length !== this.nParams)
      throw new RangeError(`${flat.length} parameters given; the network has ${this.nParams}`);
    let at = 0;
    for (const values of this.params.flatMap(({ weights, biases }) => [weights, biases])) {
      values.set(flat.subarray(at, at + values.length));
      at += values.length;
    }
  }

  /** The first layer that has parameters; nothing before it learns. */
  get firstWithParams(): number {
    return Math.max(
      1,
      this.params.findIndex(({ nWeights, nBiases }) => nWeights + nBiases > 0),
    );
  }

  /** Copies an array into one that the team shares; each member copies its part. */
  #fill(buffer: Real, values: Real): void {
    if (buffer === values) return;
    const [begin, end] = this.team.share(values.length);
    buffer.set(values.subarray(begin, end), begin);
    this.team.barrier();
  }

  #flat(all: readonly Params[]): Real {
    const flat = new this.real(this.nParams);
    let at = 0;
    for (const values of all.flatMap(({ weights, biases }) => [weights, biases])) {
      flat.set(values, at);
      at += values.length;
    }
    return flat;
  }

  #built(): Layer[] {
    if (this.layers.length === 0) throw new Error('Attempted to access uninitialized network');
    return this.layers;
  }

  /** Checks that a layer of `nIn` inputs and `size` outputs fits after the last one. */
  #follow(nIn: number, size: number): void {
    if (!(nIn > 0 && size > 0)) throw new Error('Requested empty layer');
    if (this.layers.length === 0) throw new Error('Missing input layer');
    const previous = this.layers[this.layers.length - 1].size;
    if (previous !== nIn) throw new Error(`Mismatch: input size (${nIn}) and prev. layer size (${previous})`);
  }

  #add(layer: Layer): void {
    if (!(layer.size > 0)) throw new Error('Requested empty layer');
    const param = layer.allocateParams(this.real);
    layer.init(this.#random, param);
    this.layers.push(layer);
    this.params.push(param);
    this.grads.push(layer.allocateParams(this.real));
    this.#workspaces.clear();
    this.#log(layer.banner());
  }
}
