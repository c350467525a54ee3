import { addressSpaceMiB, addressSpaceRemedy } from '../isolation/addressSpace.ts';
import { MachineFault } from '../model/errors.ts';
import type { Session, SubmissionFault } from '../model/examination.ts';

/** A bundle that does nothing: if not even this can be loaded, the machine is at fault. */
const NOTHING = new TextEncoder().encode('var submission = { entry: {}, useRuntime() {} };');

/**
 * Starts the process of a bundle. Before the code is blamed, it is loaded once more, and then a bundle that does nothing
 * is.
 *
 * @throws SubmissionFault if it cannot be loaded, MachineFault if nothing can be loaded here
 */
export async function openCarefully(
  open: (bundle: Uint8Array) => Promise<Session>,
  bundle: Uint8Array,
): Promise<Session> {
  try {
    return await open(bundle);
  } catch (first) {
    if (!isUncertain(first)) throw first;
    return openAgain(open, bundle);
  }
}

async function openAgain(open: (bundle: Uint8Array) => Promise<Session>, bundle: Uint8Array): Promise<Session> {
  try {
    return await open(bundle);
  } catch (fault) {
    if (!isUncertain(fault)) throw fault;
    const probe = await open(NOTHING).catch((why: Error) => why);
    if (probe instanceof Error) throw new MachineFault(`no process can be started here: ${whyNone(probe)}`);
    probe.close();
    throw fault;
  }
}

function whyNone(probe: Error): string {
  const mib = addressSpaceMiB();
  return mib === undefined ? `${probe.message}; grade doctor shows what this machine lacks` : addressSpaceRemedy(mib);
}

const isUncertain = (fault: unknown): boolean => (fault as Partial<SubmissionFault>).isCertain !== true;
