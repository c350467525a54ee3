import { dirname } from 'node:path';

/**
 * The folder of the reports of a student, by the folder of the report of an attempt.
 *
 * @example
 * studentFolder('hw1/ada/attempts/2') // 'hw1/ada'
 */
export const studentFolder = (folder: string): string => folder.replace(/\/attempts\/\d+$/u, '');

/**
 * The folder of a class's reports, by the folder of the report of an attempt.
 *
 * @example
 * classFolder('hw1/ada/attempts/2') // 'hw1'
 */
export const classFolder = (folder: string): string => dirname(studentFolder(folder));
