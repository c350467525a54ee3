import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { ROOMS } from '../assignments/courseFolder.ts';
import { ownPackages } from '../assignments/ownPackages.ts';
import { foundAt } from '../host/files/foundAt.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { formatted } from './formatted.ts';
import { isReserved } from './reservedNames.ts';
import type { Texts } from './Draft.ts';

type Room = (typeof ROOMS)[number];

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u;
/** It becomes part of the names of files. */
const LONGEST = 60;

/** The three folders of an assignment that is being made. */
export class NewFolders {
  readonly #root: string;
  readonly #folders: Readonly<Record<Room, string>>;
  /** Those of the course that did not exist. */
  readonly #newRooms: readonly string[];
  #isBegun = false;

  /**
   * @param root - the folder of im2grade
   * @param course - the folder of the course
   * @throws UsageError if the id is no name of a folder, something has that name, or a room is not a folder
   */
  constructor(root: string, course: string, id: string) {
    if (!ID.test(id)) throw new UsageError(`"${id}": an assignment's id is kebab words, like batch-norm`);
    if (id.length > LONGEST) throw new UsageError(`an assignment's id has at most ${LONGEST} characters`);
    if (isReserved(id)) throw new UsageError(`${id}: Windows has no folder of this name; choose another id`);
    this.#root = root;
    const [skeleton, reference, tests] = ROOMS.map((room) => join(course, room, id));
    this.#folders = { skeleton, reference, tests };
    this.#newRooms = ROOMS.map((room) => join(course, room)).filter((room) => !existsSync(room));
    const other = [course, ...ROOMS.map((room) => join(course, room))].find(
      (path) => foundAt(path)?.isDirectory() === false,
    );
    if (other !== undefined) throw new UsageError(`${other} is not a folder`);
    const taken = ROOMS.find((room) => existsSync(this.#folders[room]));
    if (taken !== undefined) throw new UsageError(`${taken}/${id} exists; choose another id, or remove it first`);
    if (ownPackages(root).some(({ name }) => name === `@im2grade/${id}`))
      throw new UsageError(`${id} is a package of im2grade; choose another id`);
  }

  /** Writes texts into one of the folders, formatted. */
  async write(room: Room, texts: Texts): Promise<void> {
    this.#isBegun = true;
    for (const [path, text] of Object.entries(await formatted(this.#root, texts)))
      await writeWhole(join(this.#folders[room], path), text);
  }

  /** Nothing half made is left behind. */
  remove(): void {
    if (!this.#isBegun) return;
    for (const room of ROOMS) rmSync(this.#folders[room], { recursive: true, force: true });
    for (const room of this.#newRooms.filter((one) => existsSync(one))) rmdirSync(room);
  }
}
