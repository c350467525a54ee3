import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Printed once if tests are left out. */
export const NO_CHROMIUM = 'no Chromium: none on the path, and CHROMIUM names none';

/**
 * The system's Chromium: the value of `CHROMIUM`, or the first of its names on the path; undefined if there is none.
 */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const named = process.env['CHROMIUM'];
  const places = named ? [named] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find(isProgram);
}

/** A loaded machine takes ten times as long as an idle one. Less than the time limit of a test, whose message says less. */
export const PATIENCE_MS = 200_000;

/** Starts Chromium without a window. It does not allow its own sandbox to root. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    timeout: PATIENCE_MS,
  });

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
