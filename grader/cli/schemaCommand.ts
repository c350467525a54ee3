import type { CommandModule } from 'yargs';
import { scoreReportSchema } from '../report/json/scoreReportSchema.ts';

/** `grade schema`: the format of `report.json`, for programs that read it. */
export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'Print the JSON Schema of report.json',
  handler: () => void process.stdout.write(scoreReportSchema()),
};
