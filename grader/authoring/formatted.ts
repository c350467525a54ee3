import { join } from 'node:path';
import type { Texts } from './Draft.ts';

/** Texts as the formatter of the repository leaves them; what it does not know stays as it is. */
export async function formatted(root: string, texts: Texts): Promise<Texts> {
  const { format, getFileInfo, resolveConfig } = await import('prettier');
  const config = await resolveConfig(join(root, 'package.json'));
  const entries = Object.entries(texts).map(async ([path, text]) => {
    const { inferredParser: parser } = await getFileInfo(path);
    const isKnown = parser !== null && parser !== 'markdown';
    return [path, isKnown ? await format(text, { ...config, parser }) : text] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
