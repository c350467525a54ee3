import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { AssignmentFolders } from '../model/assignment.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { formatted } from './formatted.ts';
import type { Texts } from './Draft.ts';

export type Room = keyof AssignmentFolders;
const ROOMS = ['skeleton', 'reference', 'tests'] as const satisfies readonly Room[];

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u;

/** The three folders of an assignment that is being made. */
export class NewFolders {
  readonly #root: string;
  readonly #folders: AssignmentFolders;
  #isBegun = false;

  /**
   * @param root - the repository's folder
   * @throws UsageError if the id is no name of a folder, or something has that name
   */
  constructor(root: string, id: string) {
    if (!ID.test(id)) throw new UsageError(`${id}: an assignment's id is kebab words, like batch-norm`);
    this.#root = root;
    const [skeleton, reference, tests] = ROOMS.map((room) => join(root, room, id));
    this.#folders = { skeleton, reference, tests };
    const taken = ROOMS.find((room) => existsSync(this.#folders[room]));
    if (taken !== undefined) throw new UsageError(`${taken}/${id} exists; choose another id, or remove it first`);
  }

  /** Writes texts into one of the folders, formatted. */
  async write(room: Room, texts: Texts): Promise<void> {
    this.#isBegun = true;
    for (const [path, text] of Object.entries(await formatted(this.#root, texts)))
      await writeWhole(join(this.#folders[room], path), text);
  }

  /** Nothing half made is left behind. */
  remove(): void {
    if (this.#isBegun) for (const room of ROOMS) rmSync(this.#folders[room], { recursive: true, force: true });
  }
}
