import { dirname } from 'node:path';
import type { Assignment } from './assignment.ts';

/** The folder of the course that an assignment belongs to. */
export const courseOf = ({ folders }: Pick<Assignment, 'folders'>): string => dirname(dirname(folders.skeleton));
