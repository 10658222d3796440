import 'server-only';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import { supabaseOfRequest } from './supabase.ts';

export type Article = { markdown: string; html: string };

/**
 * The files of a finished article, read from the storage with the person's own session: its policies decide. Null for
 * other kinds, for an unfinished one, and when the storage does not answer.
 */
export async function loadArticle(task: TaskDetail): Promise<Article | null> {
  if (task.kind !== 'seo.article' || !task.output) return null;
  const { artifacts } = task.output as TaskOutput<'seo.article'>;
  const { storage } = await supabaseOfRequest();
  const [markdown, html] = await Promise.all(
    ['article.md', 'article.html'].map(async (name) => {
      const path = artifacts.find((artifact) => artifact.name === name)?.path;
      if (!path) return null;
      const { data } = await storage.from('artifacts').download(path);
      return data ? data.text() : null;
    }),
  );
  return markdown && html ? { markdown, html } : null;
}
