import { randomBytes } from 'node:crypto';
import type { Tenant } from './lab/lab.ts';

/** What a task is submitted with: the nth of a load, for an organisation. */
export type BodyOf = (n: number, tenant: Tenant) => object;

/** Long enough for the provider's cache, and the same for everybody who sends it. */
const material = Array.from(
  { length: 120 },
  (_, n) => `${n}. A lease ends by itself unless whoever holds it says in time that they still do.`,
).join('\n');

export const promptOf: BodyOf = (n) => ({
  kind: 'assistant.prompt',
  input: { prompt: `Question ${n}: what is a lease?` },
});

/** Answered in JSON, by another model. Its text carries the organisation's mark, as prompts do by themselves. */
export const extractOf: BodyOf = (n, { mark }) => ({
  kind: 'data.extract',
  input: {
    text: `Lease ${n} of ${mark} began on 3 May 2026 and cost 12 euros a month.`,
    schema: {
      type: 'object',
      properties: { name: { type: 'string' }, euros: { type: 'number' } },
      required: ['name', 'euros'],
      additionalProperties: false,
    },
  },
});

/** Work of the agent service. */
export const briefOf: BodyOf = (n) => ({
  kind: 'seo.brief',
  input: { keyphrase: `lease number ${n}`, word_target: 300 },
});

/** A prompt over material that can't be compressed: it needs room wherever it is stored. */
export const bulkyOf: BodyOf = (n) => ({
  kind: 'assistant.prompt',
  input: {
    prompt: `Question ${n}: what is this?`,
    context: randomBytes(200_000).toString('base64'),
  },
});

/** Two steps, the second over what the first said. */
export const docsOf: BodyOf = (n, { mark }) => ({
  kind: 'docs.generate',
  input: {
    filename: `lease-${n}.ts`,
    source: `/** Whether a lease of ${mark} has ended. */\nexport function hasEnded(at: Date): boolean {\n  return at < new Date();\n}\n`,
  },
});

/** A draft that waits for somebody who approves it, or wants another. */
export const notesOf: BodyOf = (n, { mark }) => ({
  kind: 'release.notes',
  input: {
    version: `1.${n}.0`,
    commits: `9f1c2ab feat: leases of ${mark} can be renewed\nb02c9d4 fix: a lease ends once`,
  },
});

/** Mostly prompts; some over material that is cached, some extractions, some of several steps, some that wait for people. */
export const mixedOf: BodyOf = (n, tenant) => {
  if (n % 20 === 1) return notesOf(n, tenant);
  if (n % 20 === 6) return docsOf(n, tenant);
  if (n % 5 === 4) return extractOf(n, tenant);
  if (n % 5 !== 2) return promptOf(n, tenant);
  const prompt = `Question ${n}: what does the material say about leases?`;
  return { kind: 'assistant.prompt', input: { prompt, context: material } };
};
