import { provesHonest } from '../support/provesHonest.ts';

provesHonest('simple-conv-net');
