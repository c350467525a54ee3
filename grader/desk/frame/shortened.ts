import { namesOf, type TeamAttempts } from '../../gradebook/store/teams.ts';
import { cut } from '../../report/text/wrap.ts';

const MOST = 200;

/** A text of somebody else's, cut if it would fill a page. */
export const shortened = (text: string, most = MOST): string => cut(text.slice(0, 4 * most), most);

/** The names of a team. */
export const shownNames = (team: Pick<TeamAttempts, 'students'>): string => shortened(namesOf(team));
