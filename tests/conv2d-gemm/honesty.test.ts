import { provesHonest } from '../support/provesHonest.ts';

provesHonest('conv2d-gemm');
