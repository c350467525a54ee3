import type { IdSystem } from '../../model/student.ts';

/** What a column of a roster may contain. `identifier` depends on the platform. */
export type Field = IdSystem | 'name' | 'first' | 'last' | 'email' | 'team' | 'section' | 'role' | 'identifier';

/** The columns' names in lower case, letters and digits only. */
const NAMES: Readonly<Record<string, Field>> = {
  ...named('name', 'name', 'student', 'studentname', 'fullname', 'displayname', 'vollständigername', 'nomcomplet'),
  ...named('first', 'first', 'firstname', 'givenname', 'vorname', 'prénom', 'nombre', 'forename'),
  ...named('last', 'last', 'lastname', 'surname', 'familyname', 'nachname', 'nom', 'apellidos'),
  ...named('email', 'email', 'emailaddress', 'mail', 'emailadresse', 'adressedecourriel', 'direccióndecorreo'),
  ...named('sid', 'sid', 'id', 'studentid', 'sisuserid', 'sisid', 'studentnumber', 'idnumber', 'idnummer', 'uin'),
  ...named('sid', 'orgdefinedid', 'matriculation', 'matriculationnumber', 'matrikelnummer', 'matrikel', 'universityid'),
  ...named(
    'login',
    'login',
    'loginid',
    'sisloginid',
    'username',
    'user',
    'netid',
    'uid',
    'benutzername',
    'anmeldename',
  ),
  ...named('canvas', 'canvasid', 'canvasuserid'),
  ...named('moodle', 'participant', 'participantnumber', 'moodleid'),
  ...named('gradescope', 'gradescopeid'),
  ...named('github', 'github', 'githubusername', 'githublogin', 'githubhandle'),
  ...named('blackboard', 'blackboardid'),
  ...named('brightspace', 'brightspaceid', 'd2lid'),
  ...named('ilias', 'iliasid'),
  ...named('team', 'team', 'teamname', 'groupname'),
  ...named('section', 'section', 'sections', 'sectionname', 'sektion', 'seccion', 'sección', 'übungsgruppe'),
  ...named('role', 'role', 'roles', 'courserole'),
  ...named('identifier', 'identifier'),
};

function named(field: Field, ...names: readonly string[]): Record<string, Field> {
  return Object.fromEntries(names.map((name) => [name, field]));
}

/**
 * The field that a column contains, by its name; undefined if it is of no use. Canvas calls its own number `ID`, next to
 * a column `Student` or `SIS User ID`.
 */
export function columnOf(name: string, all: readonly string[]): Field | undefined {
  const plain = plainName(name);
  const plains = all.map(plainName);
  if (plain === 'id' && (plains.includes('sisuserid') || plains.includes('sisloginid') || plains.includes('section')))
    if (plains.includes('student') || plains.includes('sisuserid')) return 'canvas';
  return Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
}

const plainName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
