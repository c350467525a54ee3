import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssignmentFolders } from '../model/assignment.ts';
import { MachineFault, UsageError } from '../model/errors.ts';
import { ROOMS } from '../assignments/courseFolder.ts';
import { ownPackages } from '../assignments/ownPackages.ts';
import { foundAt } from '../host/files/foundAt.ts';
import { whyNotWritten } from '../host/files/whyNotWritten.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { formatted } from './formatted.ts';
import { isReserved } from './reservedNames.ts';
import type { Texts } from './Draft.ts';

type Room = (typeof ROOMS)[number];

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u;
/** It becomes part of the names of files. */
const LONGEST = 60;

/**
 * The three folders of an assignment that is being made. They are in a hidden folder of the course until they are
 * whole: half an assignment is never seen, and two commands that make the same one do not meet before the end.
 */
export class NewFolders {
  readonly #root: string;
  readonly #course: string;
  readonly #id: string;
  /** A course of its own. */
  readonly #hidden: string;
  /** What did not exist before, inner folders first. */
  #made: readonly string[] = [];

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
    this.#course = course;
    this.#id = id;
    this.#hidden = join(course, `.im2grade-new-${randomBytes(6).toString('hex')}`);
    const other = [course, ...ROOMS.map((room) => join(course, room))].find(
      (path) => foundAt(path)?.isDirectory() === false,
    );
    if (other !== undefined) throw new UsageError(`${other} is not a folder`);
    this.#requireFree();
    if (ownPackages(root).some(({ name }) => name === `@im2grade/${id}`))
      throw new UsageError(`${id} is a package of im2grade; choose another id`);
  }

  /** Where the assignment is while it is being made. */
  get folders(): AssignmentFolders {
    return { skeleton: this.#begun('skeleton'), reference: this.#begun('reference'), tests: this.#begun('tests') };
  }

  /**
   * Writes texts into one of the folders, formatted.
   *
   * @throws MachineFault in one line if the file system fails
   */
  async write(room: Room, texts: Texts): Promise<void> {
    this.#make(this.#course);
    for (const [path, text] of Object.entries(await formatted(this.#root, texts)))
      await writeWhole(join(this.#begun(room), path), text);
  }

  /**
   * Puts the folders in their places, the skeleton last: an assignment is listed if it has one.
   *
   * @throws UsageError if another command has made an assignment of this name meanwhile, MachineFault if the file system
   *   fails; nothing is kept then
   */
  keep(): void {
    this.#requireFree();
    const moved: string[] = [];
    try {
      for (const room of ROOMS.toReversed()) {
        const place = this.#place(room);
        this.#make(dirname(place));
        move(this.#begun(room), place, `${room}/${this.#id}`);
        moved.push(place);
      }
    } catch (error) {
      for (const place of moved) rmSync(place, { recursive: true, force: true });
      throw error;
    }
    this.#made = [];
    rmSync(this.#hidden, { recursive: true, force: true });
  }

  /** Nothing half made is left behind. */
  remove(): void {
    rmSync(this.#hidden, { recursive: true, force: true });
    for (const folder of this.#made) removeEmpty(folder);
  }

  readonly #begun = (room: Room): string => join(this.#hidden, room, this.#id);

  readonly #place = (room: Room): string => join(this.#course, room, this.#id);

  #requireFree(): void {
    const taken = ROOMS.find((room) => existsSync(this.#place(room)));
    if (taken !== undefined) throw isTaken(`${taken}/${this.#id}`);
  }

  /** A folder and its missing parents. */
  #make(folder: string): void {
    if (foundAt(folder)?.isDirectory()) return;
    this.#make(dirname(folder));
    if (makeOne(folder)) this.#made = [folder, ...this.#made];
  }
}

const isTaken = (shown: string): UsageError => new UsageError(`${shown} exists; choose another id, or remove it first`);

/** The reason of the file system in one line. */
function explained(error: unknown, path: string): unknown {
  const why = whyNotWritten(error);
  return why === undefined ? error : new MachineFault(`${path} was not made: ${why}`);
}

/** @returns false if another command was faster */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (foundAt(folder)?.isDirectory()) return false;
    throw explained(error, folder);
  }
}

/** Not onto a folder that has anything in it: the system refuses that. */
function move(from: string, to: string, shown: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    throw existsSync(to) ? isTaken(shown) : explained(error, to);
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another command uses it by now, or has removed it.
  }
}
