import * as z from 'zod';

/** Pictures with longer sides are made smaller before they enter a report. */
export const MAX_PICTURE_SIDE = 64;
export const MAX_PICTURES = 64;

/** Row by row in base64: a byte for each pixel, or three for red, green and blue. */
const Picture = z.strictObject({
  name: z.string(),
  height: z.number().int().positive().max(MAX_PICTURE_SIDE),
  width: z.number().int().positive().max(MAX_PICTURE_SIDE),
  pixels: z
    .string()
    .max(4 * MAX_PICTURE_SIDE ** 2)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/),
});

/** Numbers drawn as pictures: filters of a network, or what some of them give for an image. */
export const Pictures = z.strictObject({
  type: z.literal('pictures'),
  /** What they show, as a sentence. */
  shows: z.string(),
  /** `signed`: 128 is zero, 1 and 255 are the magnitude `most` below and above it; `colours`: the same of each colour. */
  drawn: z.enum(['signed', 'colours']),
  most: z.number().nonnegative(),
  /** The image that they were computed from, in red, green and blue. */
  given: Picture.optional(),
  pictures: z.array(Picture).max(MAX_PICTURES),
});

export type Picture = z.infer<typeof Picture>;
export type Pictures = z.infer<typeof Pictures>;
