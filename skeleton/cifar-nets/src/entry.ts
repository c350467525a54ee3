/** What the grader calls: your models are read and computed by these functions, in a process of their own. */
export { modelEntry as entry } from '@im2grade/models';
