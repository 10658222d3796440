import type { TaskKindName } from '@devsphere/shared/tasks/catalogue.ts';
import type { Handler } from '../runner/task-context.ts';
import { answerPrompt } from './answer-prompt.ts';
import { extractData } from './extract-data.ts';
import { generateDocs } from './generate-docs.ts';
import { reviewCode } from './review-code.ts';
import { writeArticle } from './write-article.ts';
import { writeBrief } from './write-brief.ts';
import { writeReleaseNotes } from './write-release-notes.ts';

/** A handler for each kind; a missing or mistyped one does not compile. */
export type Handlers = { [K in TaskKindName]: Handler<K> };

export const handlers: Handlers = {
  'assistant.prompt': answerPrompt,
  'code.review': reviewCode,
  'docs.generate': generateDocs,
  'data.extract': extractData,
  'release.notes': writeReleaseNotes,
  'seo.brief': writeBrief,
  'seo.article': writeArticle,
};
