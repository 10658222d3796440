import { seoArticle } from '@devsphere/shared/tasks/kinds/seo-article.ts';
import { TaskFailure } from '../runner/outcome.ts';
import type { Handler } from '../runner/task-context.ts';

export const writeArticle: Handler<'seo.article'> = async (input, task) => {
  const result = await task.delegate({ kind: 'seo.article', input, model: seoArticle.model });
  if (result.kind !== 'seo.article')
    throw new TaskFailure(
      'fatal',
      'agent_wrong_answer',
      'The agent service answered something else than an article.',
    );
  const { kind: _kind, markdown, html, ...report } = result;
  const artifacts = await task.storeArtifacts([
    { name: 'article.md', mediaType: 'text/markdown; charset=utf-8', text: markdown },
    { name: 'article.html', mediaType: 'text/html; charset=utf-8', text: html },
  ]);
  return { ...report, artifacts };
};
