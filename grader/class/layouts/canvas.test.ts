import { describe, expect, test } from '@jest/globals';
import { files } from '../test/classOf.ts';
import { peopleIn } from '../test/peopleIn.ts';

describe('Canvas', () => {
  test('files, texts, links, late marks and what is handed in again', async () =>
    expect(
      await peopleIn(
        files(
          'lovelaceada_101_9001_hw.zip',
          'lovelaceada_101_9010_hw-1.zip',
          'turingalan_LATE_102_9002_hw-1.zip',
          'hoppergrace_103_text.html',
          'noetheremmy_LATE_104_link.html',
          'galoisevariste_105_9005_hw.rar',
        ),
      ),
    ).toEqual([
      'galoisevariste, canvas 105: hw.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
      'hoppergrace, canvas 103: no file was handed in, only a text',
      'lovelaceada, canvas 101',
      'noetheremmy, canvas 104 (late): no file was handed in, only a link',
      'turingalan, canvas 102 (late)',
    ]));

  test('anonymous', async () =>
    expect(await peopleIn(files('anon_Xy7_9009_hw.zip', 'LATE_anon_pQ2rs_9010_hw.zip', 'anon_aB3_text.html'))).toEqual([
      'anon_pQ2rs (late)',
      'anon_Xy7',
      'anon_aB3: no file was handed in, only a text',
    ]));

  test('two students of one name, and names in any script', async () =>
    expect(
      await peopleIn(
        files(
          'zhangwei_41_9001_hw.zip',
          'zhangwei_42_9002_hw.zip',
          'm\u0075\u0308llerjose\u0301_43_9003_hw.zip',
          '佐藤美咲_44_9004_hw.zip',
          'o_brien_45_9005_hw.zip',
          'шевченкооксана_46_9006_hw.zip',
        ),
      ),
    ).toEqual([
      'müllerjosé, canvas 43',
      'o_brien, canvas 45',
      'zhangwei, canvas 41',
      'zhangwei, canvas 42',
      'шевченкооксана, canvas 46',
      '佐藤美咲, canvas 44',
    ]));

  test('one student', async () => {
    expect(await peopleIn(files('lovelaceada_101_9001_hw.zip'))).toEqual(['lovelaceada, canvas 101']);
    expect(await peopleIn(files('lovelaceada_101_9001_hw.zip', 'lovelaceada_101_9002_notes.pdf'))).toHaveLength(1);
  });
});
