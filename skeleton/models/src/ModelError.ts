/** A model that cannot be used as it is; the message is one line: what is wrong, in which node, and what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/**
 * A model with an operator, or a use of one, that is not known here. That is not the model's fault: what needs the model
 * stays pending.
 */
export class UnknownOperator extends Error {
  override readonly name = 'UnknownOperator';
}
