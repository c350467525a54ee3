import { assignmentIds } from '../../assignments/findAssignments.ts';
import { overviewOf } from '../../gradebook/store/overview.ts';
import { knownAssignment } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import { classView } from './classView.ts';

/** Reads the classes before somebody asks for them. What fails is reported on the page that needs it. */
export async function warmUp(desk: Pick<Desk, 'root' | 'book'>): Promise<void> {
  try {
    const { columns } = await overviewOf(desk.book);
    const ids = new Set(assignmentIds(desk.root));
    for (const { id } of columns) if (ids.has(id)) await classView(desk, knownAssignment(desk.root, id));
  } catch {
    // As above.
  }
}
