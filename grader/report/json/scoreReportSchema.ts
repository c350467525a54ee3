import * as z from 'zod';
import { ScoreReport } from '../../model/report.ts';

/** The JSON Schema (draft 2020-12) of `report.json`, as it is committed under `docs/schema/`. */
export function scoreReportSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(ScoreReport, { reused: 'ref' });
  const document = { $schema, title: 'im2grade score report', ...schema };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
