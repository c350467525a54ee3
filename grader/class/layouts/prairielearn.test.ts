import { describe, expect, test } from '@jest/globals';
import { files, folderOf, type Kind } from '../test/classOf.ts';
import { peopleIn, readEntries, describedHandIn } from '../test/peopleIn.ts';

describe('PrairieLearn', () => {
  const idsOf = async (entries: Record<string, Kind>) =>
    (await readEntries(entries)).handIns.map(({ students, source }) => [source, ...students]);

  test('the last submission of each student counts, with all of its files', async () => {
    const { handIns } = await readEntries(
      files(
        'ada@x.edu_1_conv_1_1_340_hw.zip',
        'ada@x.edu_1_conv_1_2_351_Im2MatLayer.ts',
        'ada@x.edu_1_conv_1_2_351_Conv2DLayer.ts',
        'first_last@cs.x.edu_1_conv_1_1_345_hw_1_2_3_a.zip',
        'scores.csv',
      ),
    );
    expect(handIns.map(({ email, students }) => [email, students])).toEqual([
      ['ada@x.edu', [{ name: 'ada@x.edu', email: 'ada@x.edu', ids: {} }]],
      ['first_last@cs.x.edu', [{ name: 'first_last@cs.x.edu', email: 'first_last@cs.x.edu', ids: {} }]],
    ]);
    const { entries } = await handIns[0].list();
    expect(entries.map(({ path }) => path).toSorted()).toEqual(['Conv2DLayer.ts', 'Im2MatLayer.ts']);
  });

  test('digits and underscores in the names of the question and of files', async () => {
    const { handIns } = await readEntries(
      files(
        'ada@x.edu_1_conv_1_1_1_345_7_x.rar',
        'al@x.edu_2_conv_1_1_3_346_8_9_y.rar',
        'eve@x.edu_1_conv_1_2_1_347_z.rar',
      ),
    );
    expect(await Promise.all(handIns.map(describedHandIn))).toEqual([
      'ada@x.edu: 7_x.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
      'al@x.edu: 8_9_y.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
      'eve@x.edu: z.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
    ]);
  });

  test('files for manual grading have the university’s number, which may be missing or begin with zeros', async () =>
    expect(
      await idsOf(
        files('ada@x.edu_00123_conv_345_hw.zip', 'al@x.edu_00124_conv_346_hw.zip', 'eve@x.edu__conv_347_hw.zip'),
      ),
    ).toEqual([
      ['ada@x.edu_00123_conv_345_hw.zip', { name: 'ada@x.edu', email: 'ada@x.edu', ids: { sid: '00123' } }],
      ['al@x.edu_00124_conv_346_hw.zip', { name: 'al@x.edu', email: 'al@x.edu', ids: { sid: '00124' } }],
      ['eve@x.edu__conv_347_hw.zip', { name: 'eve@x.edu', email: 'eve@x.edu', ids: {} }],
    ]));

  test('groups', async () => {
    const groups = files('team1_1_conv_1_1_345_hw.zip', 'team1_1_conv_1_2_349_hw.zip', 'team2_1_conv_1_1_347_hw.zip');
    expect(await peopleIn(groups)).toEqual(['team1', 'team2']);
    expect(await peopleIn(files('team1_conv_345_a.ts', 'team1_conv_345_b.ts', 'team2_conv_346_b.ts'))).toEqual([
      'team1',
      'team2',
    ]);
  });

  test('a slash in the name of the question or of a file makes folders', async () => {
    const inQuestion = (number: number, ...names: string[]) =>
      folderOf(Object.fromEntries(names.map((name) => [`conv_1_${number}_34${number}_${name}`, ''])));
    const { handIns } = await readEntries({
      'ada@x.edu_1_hw': folderOf({ 'conv_1_1_345_a.zip': '', 'conv_1_2_346_src/Im2MatLayer.ts': '' }),
      'al@x.edu_1_hw': inQuestion(7, 'Im2MatLayer.ts', 'Conv2DLayer.ts'),
    });
    expect(handIns.map(({ name }) => name)).toEqual(['ada@x.edu', 'al@x.edu']);
    const paths = await Promise.all(handIns.map(async ({ list }) => (await list()).entries.map(({ path }) => path)));
    expect(paths).toEqual([['src/Im2MatLayer.ts'], ['Im2MatLayer.ts', 'Conv2DLayer.ts']]);
  });

  test.each([
    ['Autolab', ['ada@x.edu_1_lab_1_2_3_hw.tar', 'ada@x.edu_12_lab_1_2_3_hw.tar', 'al@x.edu_2_lab_1_2_3_hw.tar']],
    ['one number of two students', ['ada@x.edu_1_conv_1_1_345_hw.zip', 'al@x.edu_1_conv_1_1_345_hw.zip']],
  ])('%s is something else', async (_, names) => {
    const { handIns } = await readEntries(files(...names));
    expect(handIns.map(({ source }) => source)).toEqual(names.slice(-2));
  });

  test('every submission to one question is an attempt; of several questions the last of each is taken', async () => {
    const { handIns } = await readEntries(
      files(
        ...['ada@x.edu_1_conv_1_1_345_hw.zip', 'ada@x.edu_1_conv_1_2_1346_hw.zip', 'ada@x.edu_1_conv_1_3_998_hw.zip'],
        ...['al@x.edu_1_conv_1_1_347_a.ts', 'al@x.edu_1_conv_1_2_348_a.ts', 'al@x.edu_1_pool_1_1_349_b.ts'],
      ),
    );
    expect(handIns.map(({ source, earlier }) => [source, earlier.map((each) => each.source)])).toEqual([
      ['ada@x.edu_1_conv_1_2_1346_hw.zip', ['ada@x.edu_1_conv_1_1_345_hw.zip', 'ada@x.edu_1_conv_1_3_998_hw.zip']],
      ['al@x.edu_1_conv_1_2_348_a.ts', []],
    ]);
    expect((await handIns[1].list()).entries.map(({ path }) => path).sort()).toEqual(['a.ts', 'b.ts']);
  });

  test.each([
    ['dates', ['ada_1_hw_20_11_2026_x.zip', 'bob_1_hw_21_11_2026_x.zip']],
    ['dates the other way round', ['ada_1_hw_2026_11_20_x.zip', 'bob_1_hw_2026_11_21_x.zip']],
    ['numbers of students', ['ada_hw_1234_final.zip', 'bob_hw_1235_final.zip']],
  ])('archives that are named with %s are one student each', async (_, names) =>
    expect(await peopleIn(files(...names))).toEqual(names.map((name) => name.replace('.zip', ''))),
  );
});
