/** For programs of an assignment that look at what would be handed in. */
export { type Assignment, readAssignment } from '../assignment.ts';
export { type Deliverables, readDeliverables } from './readDeliverables.ts';
export { chosenModel } from './modelFiles.ts';
export { UsageError } from '../errors.ts';
