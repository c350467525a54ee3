/**
 * How a bundle begins whose source its own code must not see: the reference's parts are in there, beside a submission's.
 * The jail runs it from bytecode alone.
 */
export const HIDDEN_BUNDLE = '"use strict";/*hidden*/';
