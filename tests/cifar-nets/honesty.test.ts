import { provesHonest } from '../e2e/support/provesHonest.ts';

provesHonest('cifar-nets');
