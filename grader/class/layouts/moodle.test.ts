import { describe, expect, test } from '@jest/globals';
import { files, folders } from '../test/classOf.ts';
import { peopleIn } from '../test/peopleIn.ts';

describe('Moodle', () => {
  test('folders and texts; two students of one name', async () =>
    expect(
      await peopleIn(
        folders(
          'Wei Zhang_41_assignsubmission_file_',
          'Wei Zhang_42_assignsubmission_file',
          'Grace Hopper_43_assignsubmission_onlinetext_',
          'Emmy Noether_44_assignsubmission_file_',
          'Emmy Noether_44_assignsubmission_onlinetext_',
          'José 2026_11 Ñandú_45_assignsubmission_file_',
          'Participant_46_assignsubmission_file_',
        ),
      ),
    ).toEqual([
      'Emmy Noether, moodle 44',
      'Grace Hopper, moodle 43: no file was handed in, only a text',
      'José 2026_11 Ñandú, moodle 45',
      'Participant 46, moodle 46',
      'Wei Zhang, moodle 41',
      'Wei Zhang, moodle 42',
    ]));

  test('files, also of a kind that is not read', async () =>
    expect(
      await peopleIn(files('Ada L_31_assignsubmission_file_hw.zip', 'Al T_32_assignsubmission_file_hw.7z')),
    ).toEqual([
      'Ada L, moodle 31',
      'Al T, moodle 32: hw.7z: .7z archives are not read; hand in a .zip, .tar or .tar.gz',
    ]));
});

describe('Moodle, if groups hand in', () => {
  const items = (...names: string[]) => folders(...names.map((name) => `${name}_assignsubmission_file_`));

  test('each member has a folder with the group before the name', async () =>
    expect(
      await peopleIn(
        items('Group 1-Ada Lovelace_31', 'Group 1-Jean-Luc Picard_32', 'Group 2-Eve_33', 'Group 3-Participant_34'),
      ),
    ).toEqual([
      'Ada Lovelace, moodle 31',
      'Jean-Luc Picard, moodle 32',
      'Eve, moodle 33',
      'Participant 34, moodle 34',
    ]));

  test('first names with hyphens are no groups', async () =>
    expect(await peopleIn(items('Jean-Luc Picard_31', 'Anna-Lena K_32', 'Jean-Paul S_33'))).toEqual([
      'Anna-Lena K, moodle 32',
      'Jean-Luc Picard, moodle 31',
      'Jean-Paul S, moodle 33',
    ]));

  test('the number of a group is no participant’s', async () => {
    expect(await peopleIn(items('Group 1_31', 'Group 2_32'))).toEqual(['Group 1', 'Group 2']);
    expect(await peopleIn(items('Red_31', 'Blue_32', 'Default group'))).toEqual(['Blue', 'Default group', 'Red']);
    expect(await peopleIn(items('Ada L_31'))).toEqual(['Ada L, moodle 31']);
  });
});
