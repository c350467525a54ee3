import { findToolchain } from '../compile/findToolchain.ts';
import { readPdf } from '../documents/readPdf.ts';
import type { PdfReading } from '../model/pdf.ts';
import type { ExaminationSettings } from './messages.ts';

/** The documents among the deliverables, each read once whatever the number of criteria that look at it. */
export class Documents {
  readonly #settings: ExaminationSettings;
  readonly #pdfs = new Map<string, Promise<PdfReading>>();

  constructor(settings: ExaminationSettings) {
    this.#settings = settings;
  }

  /** @throws MachineFault if the process that reads it did not run */
  async pdf(path: string): Promise<PdfReading | undefined> {
    const { root, sandbox, assignment, deliverables } = this.#settings;
    if (!Object.hasOwn(deliverables, path)) return undefined;
    const reading = this.#pdfs.get(path) ?? readPdf(findToolchain(root, sandbox), assignment, deliverables[path]);
    this.#pdfs.set(path, reading);
    return reading;
  }
}
