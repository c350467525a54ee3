/**
 * What only given files import, no deliverable: a convolution is a linear layer on the rows of a matrix, and networks
 * have linear layers.
 */
export { LinearLayer } from './layers/LinearLayer.ts';
export { Network } from './network/Network.ts';
export { buildNetwork } from './network/NetworkDescription.ts';
