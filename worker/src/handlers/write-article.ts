import { seoArticle } from '@devsphere/shared/tasks/kinds/seo-article.ts';
import { failureOf } from '../runner/failures.ts';
import type { Handler } from '../runner/task-context.ts';

export const writeArticle: Handler<'seo.article'> = async (input, task) => {
  const result = await task.delegate({ kind: 'seo.article', input, model: seoArticle.model });
  if (result.kind !== 'seo.article')
    throw failureOf('agent_wrong_answer', { cause: `a result of ${result.kind}` });
  const { kind: _kind, markdown, html, ...report } = result;
  const artifacts = await task.storeArtifacts([
    { name: 'article.md', mediaType: 'text/markdown; charset=utf-8', text: markdown },
    { name: 'article.html', mediaType: 'text/html; charset=utf-8', text: html },
  ]);
  return { ...report, artifacts };
};
