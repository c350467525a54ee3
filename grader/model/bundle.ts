/**
 * The beginning of a bundle whose code must not see its own source, because it contains the reference's parts next to a
 * submission's. The jail runs such a bundle from bytecode only.
 */
export const HIDDEN_BUNDLE = '"use strict";/*hidden*/';
