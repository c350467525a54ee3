import { criterion, judgeDocument } from '@im2grade/kit';

criterion('report.sections', () =>
  judgeDocument('report.pdf', { sections: { 1: [], 2: [...'abcde'], 3: [...'abcdefg'] }, pictures: 3 }),
);
