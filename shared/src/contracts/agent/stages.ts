import { z } from 'zod';

const line = z.string().min(1).max(500);
const lines = z.array(line).max(20);

/** What the writing sets out from. */
export const seoBrief = z.strictObject({
  search_intent: line,
  reader: line,
  angle: line,
  questions: lines,
  related_phrases: lines,
  facts_to_check: lines,
});

/** What search engines and previews show. */
export const seoMeta = z.strictObject({
  title: z.string().min(1).max(300),
  description: z.string().min(1).max(1000),
  slug: z.string().max(100),
  json_ld: z.record(z.string(), z.unknown()),
});

/** One rule's verdict; positions are [start, end) into the Markdown in UTF-16 units. */
export const seoCheck = z.strictObject({
  id: z.string(),
  status: z.enum(['good', 'ok', 'bad']),
  measured: z.number(),
  threshold: z.strictObject({
    min: z.number().nullable(),
    max: z.number().nullable(),
    unit: z.enum(['pixels', 'characters', 'words', 'percent', 'count']),
  }),
  message: z.string(),
  positions: z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(100),
});

export const seoAnalysis = z.strictObject({
  score: z.int().min(0).max(100),
  word_count: z.int().min(0),
  checks: z.array(seoCheck),
});
