import type { Review } from './find-issues.ts';

/** One paragraph that sums a review up. */
export function summarizeReview({ files, findings, added, removed }: Review): string {
  const serious = findings.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const real = findings.filter(({ severity }) => severity !== 'info');
  const size = `The change touches ${files.length} file(s) with ${added} added and ${removed} removed lines.`;
  if (real.length === 0) return `${size} No pattern that usually causes trouble was found.`;
  const lead = findings[0];
  const first =
    lead === undefined
      ? ''
      : ` Look first at ${lead.file}:${lead.line}: ${lead.title.toLowerCase()}.`;
  return `${size} It has ${real.length} finding(s), ${serious.length} of them serious.${first}`;
}

/** What to do with the change, in the word that reviews end with. */
export function verdictOf({ findings }: Review): 'request_changes' | 'comment' | 'approve' {
  if (findings.some(({ severity }) => severity === 'critical' || severity === 'high')) {
    return 'request_changes';
  }
  return findings.some(({ severity }) => severity !== 'info') ? 'comment' : 'approve';
}

/** A review in markdown, for callers that gave no schema. */
export function writeReview(review: Review): string {
  const sections = review.files.map((file) => {
    const own = review.findings.filter((finding) => finding.file === file.path);
    const points = own.map(
      ({ line, severity, title, why, suggestion, code }) =>
        `### Line ${line}: ${title} (${severity})\n\n\`\`\`\n${code}\n\`\`\`\n\n${why}\n\n**Suggestion:** ${suggestion}`,
    );
    const body = points.length > 0 ? points.join('\n\n') : 'Nothing to remark.';
    return `## \`${file.path}\`\n\n${body}`;
  });
  return ['# Code review', summarizeReview(review), ...sections].join('\n\n');
}
