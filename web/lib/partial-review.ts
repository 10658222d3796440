import { type Finding, severityOrder } from './findings.ts';
import { parsePartialJson } from './partial-json.ts';

export type PartialReview = { summary: string; findings: Finding[] };

/** The part of a review that can be shown while it is being written: the summary so far and every whole finding. */
export function readPartialReview(text: string): PartialReview | undefined {
  const value = parsePartialJson(text);
  if (!isRecord(value)) return undefined;
  const findings = Array.isArray(value.findings) ? value.findings.filter(isFinding) : [];
  return { summary: typeof value.summary === 'string' ? value.summary : '', findings };
}

function isFinding(value: unknown): value is Finding {
  return (
    isRecord(value) &&
    typeof value.file === 'string' &&
    typeof value.line === 'number' &&
    typeof value.title === 'string' &&
    typeof value.why === 'string' &&
    typeof value.suggestion === 'string' &&
    severityOrder.some((known) => known === value.severity)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
