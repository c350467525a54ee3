import { dirname } from 'node:path';

/**
 * The folder of a class's reports, by the folder of an attempt's.
 *
 * @example
 * classFolder('hw1/ada') // 'hw1'
 * classFolder('hw1/ada/attempts/2') // 'hw1'
 */
export const classFolder = (folder: string): string => dirname(folder.replace(/\/attempts\/\d+$/u, ''));
