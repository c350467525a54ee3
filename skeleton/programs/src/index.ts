export { BadUsage, integer, number, runProgram } from './runProgram.ts';
export { CheckpointError, loadCheckpoint, readCheckpoint, saveCheckpoint } from './checkpoint.ts';
export { readArguments } from './readArguments.ts';
export { writeWhole } from './writeWhole.ts';
