import { describe, expect, test } from '@jest/globals';
import { findToolchain } from '../../../grader/compile/findToolchain.ts';
import { readPdf } from '../../../grader/documents/readPdf.ts';
import { compressed, pagesOf, writePdf } from '../../../grader/documents/test/writePdf.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

const toolchain = findToolchain(ROOT, await findSandbox(ROOT));
const read = (pdf: Uint8Array) => readPdf(toolchain, assignmentOf('conv2d-gemm'), Buffer.from(pdf).toString('base64'));

const good = pagesOf([{ lines: ['a report'] }]);
const withContent = (content: ReturnType<typeof compressed>) => writePdf({ ...good, 6: content });

test('a PDF that inflates without end is stopped, in one line', async () => {
  const bomb = withContent(compressed(Buffer.alloc(300 << 20, ' 0 0 m 1 1 l S')));
  expect(await read(bomb)).toEqual({
    refused: 'takes too much time or memory to read; export it again, with smaller pictures',
  });
});

const SCRIPT = '<< /S /JavaScript /JS (for \\(;;\\) app.alert\\(1\\);) >>';

test.each([
  [
    'runs JavaScript when it is opened',
    `/OpenAction ${SCRIPT} /Names << /JavaScript << /Names [(a) ${SCRIPT}] >> >>`,
    true,
  ],
  ['starts a program when it is opened', '/OpenAction << /S /Launch /F (/bin/sh) >>', false],
  ['opens an address', '/OpenAction << /S /URI /URI (http://127.0.0.1/) >>', false],
])('a PDF that %s is read like any other, and does nothing', async (_, catalogue, hasScripts) => {
  const pdf = writePdf(pagesOf([{ lines: ['a report'] }], catalogue));
  expect(await read(pdf)).toMatchObject({ pages: [{ text: expect.stringMatching(/^a report/) }], hasScripts });
});

test('a PDF whose content is a file of the machine shows nothing of it', async () => {
  const pdf = withContent({ dictionary: '/F (/etc/passwd) /FFilter /ASCIIHexDecode', content: Buffer.from('') });
  expect(JSON.stringify(await read(pdf))).not.toContain('root');
});

describe('a PDF is refused as damaged, or read as far as it goes:', () => {
  test.each([
    ['a hundred thousand arrays in each other', writePdf({ ...good, 5: '['.repeat(100_000) })],
    ['a drawing that draws itself', writePdf({ ...good, 4: selfDrawing(), 6: compressed('/I Do') })],
    ['a stream as long as itself', writePdf({ ...good, 6: '<< /Length 6 0 R >>\nstream\n0 0 m\nendstream' })],
    ['an older table that is the table itself', writePdf(good, '/Prev 0 /XRefStm 9')],
    ['a picture of 10^18 pixels', writePdf({ ...good, 4: hugePicture(), 6: compressed('/I Do') })],
    [
      'a filter a thousand times',
      withContent({ dictionary: `/Filter [${'/FlateDecode '.repeat(1000)}]`, content: Buffer.alloc(9) }),
    ],
  ])('%s', async (_, pdf) => {
    const reading = await read(pdf);
    if ('refused' in reading) expect(reading.refused).toMatch(/damaged|too much time or memory/);
    else expect(reading.pages.length).toBe(1);
  });
});

function selfDrawing() {
  const dictionary = '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I 4 0 R >> >>';
  return { dictionary, content: Buffer.from('/I Do /I Do') };
}

function hugePicture() {
  const size = '/Width 1000000000 /Height 1000000000';
  return { dictionary: `/Subtype /Image ${size} /ColorSpace /DeviceRGB /BitsPerComponent 8`, content: Buffer.alloc(9) };
}
