import { criterion } from '@im2grade/kit';
import { judgeResults } from './results.ts';

const READS = { settings: ['least', 'within'] };

criterion('results.logreg', async ({ criterion: row }) => judgeResults('logreg', 'logreg', row), READS);
criterion('results.net-1layer', async ({ criterion: row }) => judgeResults('net_1layer', 'net_1layer', row), READS);
criterion('results.net-2layer', async ({ criterion: row }) => judgeResults('net_2layer', 'net_2layer', row), READS);
criterion('results.convnet1', async ({ criterion: row }) => judgeResults('convnet1', 'convnet1_method2', row), READS);
criterion('results.convnet2', async ({ criterion: row }) => judgeResults('convnet2', 'convnet2', row), READS);
