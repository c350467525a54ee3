import { describe, expect, test } from '@jest/globals';
import { folders } from '../test/classOf.ts';
import { readEntries } from '../test/peopleIn.ts';

describe('Gradescope', () => {
  const entry = (number: number, submitters: string) =>
    `submission_${number}:\n  :created_at: 2026-11-20 09:00:00 Z\n  :submitters:${submitters}\n`;
  const ada = "\n  - :name: Ada Lovelace\n    :sid: '0815'\n    :email: ada@example.org";
  const export_ = (metadata: string) =>
    readEntries({ 'submission_metadata.yml': metadata, ...folders('submission_11', 'submission_12') });

  test.each([
    ['nobody', ''],
    ['an empty list', ' []'],
    ['something else', ' 12'],
  ])('a hand-in with %s as submitters is known by its own number, and the others stay', async (_, submitters) => {
    const { handIns, notes } = await export_(entry(11, ada) + entry(12, submitters));
    expect(handIns).toMatchObject([
      { id: '0815', name: 'Ada Lovelace', handedInAt: '2026-11-20T09:00:00.000Z' },
      { id: 'submission_12', name: 'submission_12', handedInAt: '2026-11-20T09:00:00.000Z' },
    ]);
    expect(notes).toEqual(['submission_metadata.yml names nobody for submission_12']);
  });

  test('a name longer than any that is right is left out, and the student is known by the id', async () => {
    const long = ada.replace('Ada Lovelace', 'b&'.repeat(1000));
    const { handIns } = await export_(entry(11, long) + entry(12, ada.replace('0815', '0816')));
    expect(handIns.map(({ students }) => students[0].name)).toEqual(['ada@example.org', 'Ada Lovelace']);
  });

  test('any valid YAML: anchors, flow style, tags, unquoted numbers, comments, a mark', async () => {
    const metadata = `\ufeff--- !ruby/hash # exported
submission_11: {":created_at": &at "2026-11-20 09:00:00 Z", ":submitters": [&ada {":name": 'Ada', ":sid": 0012}]}
submission_12:
  :created_at: *at
  ? :submitters
  : - *ada
    - <<: {":name": "Null", ":email": ~}
      :sid: null
...
`;
    const { handIns } = await export_(metadata);
    expect(handIns.map(({ students }) => students)).toEqual([
      [{ name: 'Ada', ids: { sid: '0012' } }],
      [
        { name: 'Ada', ids: { sid: '0012' } },
        { name: 'Null', ids: {} },
      ],
    ]);
  });

  test('40 MB of results beside the names', async () => {
    const results = `  :results:\n    output: "${'x '.repeat(1000)}\n      y"\n`.repeat(100).replaceAll('results', 'r');
    const many = Array.from({ length: 200 }, (_, at) => entry(at + 100, ada.replace('0815', `${at}`)) + results);
    const { handIns, notes } = await export_(entry(11, ada) + many.join('') + entry(12, ''));
    expect(handIns.map(({ id }) => id)).toEqual(['0815', 'submission_12']);
    expect(notes).toEqual([
      'submission_metadata.yml names nobody for submission_12',
      expect.stringMatching(/has submissions that are not in the download: submission_100, .* and 195 more$/u),
    ]);
  });

  test('metadata that cannot be read is named, and the hand-ins are known by their numbers', async () => {
    const { handIns, notes } = await export_('submission_11: [');
    expect(handIns.map(({ id }) => id)).toEqual(['submission_11', 'submission_12']);
    expect(notes[0]).toMatch(
      /^submission_metadata\.yml: is not the YAML that Gradescope writes; students are known by/,
    );
  });
});
