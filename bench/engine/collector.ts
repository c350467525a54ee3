import { collectGradings, queueAt } from './collectGradings.ts';

/** A collector that may be killed: `collector.ts <url> <folder> <first seed> <jobs> <width>`. It prints `Collected`. */
const [url, folder, ...numbers] = process.argv.slice(2);
const [first, jobs, width] = numbers.map(Number);
const seeds = Array.from({ length: jobs }, (_, i) => first + i);
console.log(JSON.stringify(await collectGradings(await queueAt(url, folder), folder, seeds, width)));
