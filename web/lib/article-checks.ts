import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';

export type SeoCheck = TaskOutput<'seo.article'>['analysis']['checks'][number];

const order: Record<SeoCheck['status'], number> = { bad: 0, ok: 1, good: 2 };

/** Checks with the failing ones first, otherwise as the analysis lists them. */
export function failingFirst(checks: readonly SeoCheck[]): SeoCheck[] {
  return [...checks].sort((a, b) => order[a.status] - order[b.status]);
}

/** A check's name for people: `keyphrase_in_title` reads "Keyphrase in title". */
export function checkName(id: string): string {
  const words = id.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The places in the text a check points at; at most `limit`, each cut to a readable length. */
export function placesOf(check: SeoCheck, markdown: string, limit = 5): string[] {
  return check.positions.slice(0, limit).flatMap(([start, end]) => {
    const text = markdown.slice(start, end).replaceAll(/\s+/g, ' ').trim();
    if (text === '') return [];
    return [text.length > 160 ? `${text.slice(0, 159)}…` : text];
  });
}
