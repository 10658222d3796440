import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';

export type Finding = TaskOutput<'code.review'>['findings'][number];
export type Severity = Finding['severity'];
export type FindingSort = 'severity' | 'file' | 'title';

/** Worst first. */
export const severityOrder: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export const severityColors: Record<Severity, string> = {
  critical: 'red',
  high: 'orange',
  medium: 'yellow',
  low: 'blue',
  info: 'gray',
};

/** Findings of one severity (all when null) in the order asked for; equal ones by place in the code. */
export function arrangeFindings(
  findings: readonly Finding[],
  severity: Severity | null,
  sort: FindingSort,
): Finding[] {
  const bySeverity = (a: Finding, b: Finding) =>
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity);
  const byPlace = (a: Finding, b: Finding) => a.file.localeCompare(b.file) || a.line - b.line;
  const orders = {
    severity: (a: Finding, b: Finding) => bySeverity(a, b) || byPlace(a, b),
    file: byPlace,
    title: (a: Finding, b: Finding) => a.title.localeCompare(b.title) || byPlace(a, b),
  };
  return findings
    .filter((finding) => severity === null || finding.severity === severity)
    .sort(orders[sort]);
}
