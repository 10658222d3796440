import type { z } from 'zod';
import { assistantPrompt } from './kinds/assistant-prompt.ts';
import { codeReview } from './kinds/code-review.ts';
import { dataExtract } from './kinds/data-extract.ts';
import { docsGenerate } from './kinds/docs-generate.ts';
import { releaseNotes } from './kinds/release-notes.ts';
import { seoArticle } from './kinds/seo-article.ts';
import { seoBrief } from './kinds/seo-brief.ts';

/** Every kind of task. A kind named here without a handler in the worker does not compile. */
export const taskKinds = {
  'assistant.prompt': assistantPrompt,
  'code.review': codeReview,
  'docs.generate': docsGenerate,
  'data.extract': dataExtract,
  'release.notes': releaseNotes,
  'seo.brief': seoBrief,
  'seo.article': seoArticle,
} as const;

export type TaskKindName = keyof typeof taskKinds;
export type TaskInput<K extends TaskKindName> = z.output<(typeof taskKinds)[K]['input']>;
export type TaskOutput<K extends TaskKindName> = z.output<(typeof taskKinds)[K]['output']>;

export const taskKindNames = Object.keys(taskKinds) as [TaskKindName, ...TaskKindName[]];

export function isTaskKind(name: string): name is TaskKindName {
  return Object.hasOwn(taskKinds, name);
}
