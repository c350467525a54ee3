'use strict';
// A file of its own: an old Node cannot read the next line.
void import('./start.mjs');
