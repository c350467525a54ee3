/** What is read of an ONNX file; nothing is interpreted yet. */
export interface OnnxModel {
  /** The version of the default domain's operators. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  /** Weights by name. */
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly string[];
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** Whichever of its fields the file has. */
export interface OnnxAttribute {
  readonly integer?: number;
  readonly float?: number;
  readonly text?: string;
  readonly integers: readonly number[];
  readonly floats: readonly number[];
  readonly tensor?: OnnxTensor;
}

export interface OnnxInput {
  readonly name: string;
  readonly type: number;
  /** A name stands for a size that is not fixed. */
  readonly sizes: readonly (number | string)[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly type: number;
  /** Little-endian numbers, in this file or in another. */
  readonly data: Uint8Array | ExternalData;
}

/** Where a tensor's bytes are, as the file says. */
export interface ExternalData {
  readonly location: string;
  readonly offset: number;
  /** Up to the end of the file if left out. */
  readonly length: number | undefined;
}
