import { provesHonest } from '../e2e/support/provesHonest.ts';

provesHonest('conv2d-gemm');
