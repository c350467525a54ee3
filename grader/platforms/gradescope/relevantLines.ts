/** Smaller files are read whole. */
const LARGE = 1024 * 1024;

/**
 * The lines of `submission_metadata.yml` about submitters and times, as Gradescope itself lays the file out. The results
 * of all tests are in it too, and make it so large that parsing them takes minutes. What is laid out otherwise may be
 * missing, and has to be parsed whole.
 */
export function relevantLines(text: string): string {
  if (text.length < LARGE) return text;
  const kept: string[] = [];
  let isRelevant = true;
  for (const line of text.split('\n')) {
    if (/^\S/u.test(line)) isRelevant = true;
    else if (/^ {2}[^\s-]/u.test(line)) isRelevant = /^ {2}:(?:created_at|submitters):/u.test(line);
    if (isRelevant) kept.push(line);
  }
  return kept.join('\n');
}
