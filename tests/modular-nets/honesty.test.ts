import { provesHonest } from '../support/provesHonest.ts';

provesHonest('modular-nets');
