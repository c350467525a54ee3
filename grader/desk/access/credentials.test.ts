import { expect, test } from '@jest/globals';
import { newName, newPassword, signInName } from './credentials.ts';
import { isPassword, storedPassword } from './passwords.ts';

test.each([' Zoë ', 'Zoe\u0308', '\u200eZo\u00eb\u0007', 'Zoë\n'])('%j is the name Zoë', (text) => {
  expect(newName(text, '--add-ta')).toBe('Zoë');
  expect(signInName(text)).toBe('Zoë');
});

test.each([
  ['', '--add-ta: say who'],
  ['\u0007 \u200e', '--add-ta: say who'],
  ['x'.repeat(201), '--add-ta: a name has at most 200 characters'],
])('the name %j is refused', (text, why) => expect(() => newName(text, '--add-ta')).toThrow(why));

test.each([
  [' '.repeat(10), 'at least 10 characters'],
  ['\ufeffshort', 'at least 10 characters'],
  ['x'.repeat(1001), 'at most 1000 characters'],
  ['correct\u0000horse', 'cannot be typed'],
  ['correct\ufffdhorse', 'cannot be typed'],
])('the password %j is refused', (text, why) => expect(() => newPassword(text, 'Zoë')).toThrow(why));

test('what is accepted lets in, however it is typed', async () => {
  const stored = await storedPassword(newPassword(' zoe\u0308’s long word ', 'Zoë'));
  for (const typed of ['zoë’s long word', ' zoe\u0308’s long word'])
    expect([typed, await isPassword(typed, stored)]).toEqual([typed, true]);
  expect(await isPassword('zoe’s long word', stored)).toBe(false);
});
