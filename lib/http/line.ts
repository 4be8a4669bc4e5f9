import { z } from 'zod'

/**
 * Control characters, halves of characters, and what turns the direction of writing around: with those a text can look like
 * another one, and some of them no database keeps.
 */
const unseen = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/u

/** One line of text that looks like what it is: its form composed (NFC), no space around it, at most `maxLength` characters. */
export function line(maxLength: number): z.ZodType<string, string> {
  return z
    .string('is a text')
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, 'has to be given')
        .max(maxLength, `has at most ${maxLength} characters`)
        .refine((text) => !unseen.test(text), 'has characters that cannot be seen; leave them out'),
    )
}
