import { compilerFault } from '../compile/compilerFault.ts';
import type { Toolchain } from '../compile/findToolchain.ts';
import { inFreshProcesses } from '../compile/freshProcesses.ts';
import { inTemporaryFolder, OUTPUT, outputOf } from '../compile/inTemporaryFolder.ts';
import { type CompilerResult, runCompiler } from '../compile/runCompiler.ts';
import { ownProgram } from '../host/ownProgram.ts';
import type { Assignment } from '../model/assignment.ts';
import { PdfReading } from '../model/pdf.ts';

const [SOURCE, ANSWER] = ['document.base64', 'document.json'];
/** A report of ten pages with pictures takes one second, and 120 MiB. */
const LIMITS = { cpuSeconds: 6, memoryMiB: 448 };

const TOO_MUCH: PdfReading = {
  refused: 'takes too much time or memory to read; export it again, with smaller pictures',
};

/**
 * What is in a PDF that was handed in. It is read by a process of its own in the sandbox, within limits of time and
 * memory: what it answers is data, and nothing of the PDF is run.
 *
 * @param base64 - the file
 * @throws MachineFault if the process did not run
 */
export function readPdf(toolchain: Toolchain, assignment: Assignment, base64: string): Promise<PdfReading> {
  return inFreshProcesses(() => read(toolchain, assignment, base64));
}

async function read(toolchain: Toolchain, assignment: Assignment, base64: string): Promise<PdfReading> {
  const program = await ownProgram({
    name: 'documents',
    source: 'grader/documents/pdfReader.ts',
    besides: ['grader/model/pdf.ts'],
  });
  const heap = `--max-old-space-size=${LIMITS.memoryMiB}`;
  const tool = { argv: [process.execPath, heap, '--disable-proto=delete', program], folder: program };
  return inTemporaryFolder(toolchain.sandbox, new Map([[SOURCE, base64]]), async (folder) => {
    const result = await runCompiler(toolchain, tool, [SOURCE, `${OUTPUT}/${ANSWER}`], folder, assignment, LIMITS);
    return readingOf(result, folder);
  });
}

function readingOf(result: CompilerResult, folder: string): PdfReading {
  if (result.end === 'too-busy' || result.end === 'too-much-memory') return TOO_MUCH;
  // Of V8, which ends the process when its heap is full.
  if (result.stderr.includes('heap out of memory')) return TOO_MUCH;
  if (result.end !== 'exited' || result.code !== 0) throw compilerFault('the reader of PDFs', folder, result);
  const reading = PdfReading.safeParse(parsed(outputOf(folder, ANSWER).toString('utf8')));
  return reading.success ? reading.data : { refused: 'is damaged' };
}

/** A PDF that had taken over its reader could write anything. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
