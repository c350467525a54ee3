import { expect, test } from '@jest/globals';
import { assignmentOf, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { findSandbox } from '../isolation/findSandbox.ts';
import { readPdf } from './readPdf.ts';
import { pagesOf, writePdf } from './test/writePdf.ts';

const toolchain = findToolchain(ROOT, await findSandbox(ROOT));
const read = (pdf: Uint8Array) => readPdf(toolchain, assignmentOf('conv2d-gemm'), Buffer.from(pdf).toString('base64'));

const PAGE = { lines: ['Task 1', '(a) <script>alert(1)</script>'] };

test('reads pages, lines, pictures and drawings', async () => {
  const plot = { lines: ['Task 2'], drawing: `q 9 0 0 9 0 0 cm /I Do Q ${'0 0 m 9 9 l S '.repeat(30)}` };
  const shown = { text: expect.stringMatching(/^Task 2\s*$/), images: 1, paths: 30 };
  expect(await read(writePdf(pagesOf([plot, PAGE, plot])))).toEqual({
    pages: [
      shown,
      { text: expect.stringMatching(/^Task 1\n\(a\) <script>alert\(1\)<\/script>\s*$/), images: 0, paths: 0 },
      shown,
    ],
    hasScripts: false,
  });
});

const good = pagesOf([PAGE]);
const PASSWORD = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`;

test.each([
  ['nothing', Buffer.alloc(0), 'is no PDF, or is damaged'],
  ['something else', Buffer.from('PK\x03\x04 <html>'), 'is no PDF, or is damaged'],
  ['only the beginning', writePdf(good).subarray(0, 60), 'is no PDF, or is damaged'],
  [
    'a document with a password',
    writePdf(good, `${PASSWORD} /ID [<00> <00>]`),
    'is encrypted; save it without a password',
  ],
  ['ten thousand pages', writePdf({ ...good, 2: pagesAt(5, 10_000) }), 'has 10000 pages; at most 200 are read'],
  ['pages that contain themselves', writePdf({ ...good, 2: pagesAt(2, 1) }), 'is damaged'],
])('refuses %s in one line', async (_, pdf, refused) => expect(await read(pdf)).toEqual({ refused }));

function pagesAt(kid: number, count: number): string {
  return `<< /Type /Pages /Kids [${`${kid} 0 R `.repeat(count)}] /Count ${count} >>`;
}
