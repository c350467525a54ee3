import { join } from 'node:path';
import { writeWhole } from '../../host/files/writeWhole.ts';
import { ProofReport } from '../../model/proofReport.ts';
import { proofHtml } from './proofHtml.ts';

/** Writes `proof.html` and `proof.json` into a folder, each whole or not at all; returns their paths. */
export async function saveProof(report: ProofReport, folder: string): Promise<string[]> {
  const [page, json] = ['proof.html', 'proof.json'].map((name) => join(folder, name));
  await writeWhole(page, proofHtml(report));
  await writeWhole(json, JSON.stringify(ProofReport.parse(report), undefined, 2) + '\n');
  return [page, json];
}
