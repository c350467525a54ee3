import { criterion, judgeDocument } from '@im2grade/kit';
import { REPORT, SECTIONS } from './report.ts';

criterion('report.sections', () => judgeDocument(REPORT, { sections: SECTIONS, pictures: 3 }));
