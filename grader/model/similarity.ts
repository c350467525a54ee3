import * as z from 'zod';

export const SIMILARITY_VERSION = 1;

const Side = z.strictObject({
  /** The deliverable that it is in. */
  path: z.string(),
  /** The first line, from 1. */
  line: z.number().int().positive(),
  /** Whole lines. */
  text: z.string(),
});

/** A part that two texts have in common, as each of them writes it. */
export const Fragment = z.strictObject({
  /** Length in tokens of the canonical form. */
  tokens: z.number().int().positive(),
  first: Side,
  second: Side,
});
export type Fragment = z.infer<typeof Fragment>;

/** A deliverable of a pair, and the longest parts that either has in common with any deliverable of the other. */
export const PairPart = z.strictObject({
  path: z.string(),
  /** The share of the code of both that is anywhere in the other's work. */
  similarity: z.number().min(0).max(1),
  fragments: z.array(Fragment),
});
export type PairPart = z.infer<typeof PairPart>;

export const Pair = z.strictObject({
  /** Places in `works`. */
  first: z.number().int().nonnegative(),
  second: z.number().int().nonnegative(),
  /** That of the deliverable that is most alike, from 0 to 1. */
  similarity: z.number().min(0).max(1),
  standsOut: z.boolean(),
  parts: z.array(PairPart),
});
export type Pair = z.infer<typeof Pair>;

/** Whether submissions of a deliverable can be told apart at all. */
export const ComparedDeliverable = z.strictObject({
  path: z.string(),
  verdict: z.enum(['compared', 'too-short', 'too-alike']),
  /** Texts of the class and the corpora that could be read, and those of them with enough code of their own. */
  read: z.number().int().nonnegative(),
  compared: z.number().int().nonnegative(),
  /** The median over the pairs of the class that could be compared; undefined if there is none. */
  typical: z.number().min(0).max(1).optional(),
});
export type ComparedDeliverable = z.infer<typeof ComparedDeliverable>;

/** Works that are alike in a deliverable, and whose likeness is not judged. */
export const LeftOut = z.strictObject({
  path: z.string(),
  /** Much of the text is what most of the class has, or so many are alike in it that nothing can be decided. */
  reason: z.enum(['common', 'too-alike']),
  /** Places in `works`. */
  works: z.array(z.number().int().nonnegative()).min(1),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** Whose work it is: a name of the class, or of a corpus. */
export const Work = z.strictObject({ name: z.string(), group: z.number().int().nonnegative() });
export type Work = z.infer<typeof Work>;

/**
 * Which submissions of a class, and of the classes and solutions that it is compared with, are alike. It is for those who
 * look at the submissions, and never for a student.
 */
export const Similarity = z.strictObject({
  schema: z.literal('im2grade/similarity'),
  version: z.literal(SIMILARITY_VERSION),
  assignment: z.strictObject({ id: z.string(), title: z.string(), version: z.number().int() }),
  grader: z.string(),
  /** The class first, then each corpus. */
  groups: z.array(z.strictObject({ name: z.string(), works: z.number().int().nonnegative() })).min(1),
  deliverables: z.array(ComparedDeliverable),
  /** What could not be compared, and why. */
  unread: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
  leftOut: z.array(LeftOut),
  /** Those that are in a pair, or in `leftOut`. */
  works: z.array(Work),
  /** The most alike first. */
  pairs: z.array(Pair),
  /** Pairs that stand out, and are left out because there are so many. */
  more: z.number().int().nonnegative(),
  /** Works that pairs that stand out connect; places in `works`. */
  clusters: z.array(z.array(z.number().int().nonnegative()).min(2)),
});
export type Similarity = z.infer<typeof Similarity>;
