import { changesOf } from '../prose/write-release-notes.ts';
import { Writer } from '../prose/writer.ts';
import type { Prompt } from '../read-prompt.ts';
import { reviewDiff } from '../review/find-issues.ts';
import { containsDiff } from '../review/parse-diff.ts';
import { summarizeReview, verdictOf } from '../review/write-review.ts';
import { type Facts, factsOf, normalizeName } from '../text/facts.ts';
import { type Row, tableRowsOf } from '../text/tables.ts';

/** Known values by normalised name, for example one row of a table. */
export type KnownValues = ReadonlyMap<string, string | number | boolean>;

/** All that structured answers are filled from. */
export interface Source {
  readonly text: string;
  readonly facts: Facts;
  readonly writer: Writer;
  /** Known values about the whole input. */
  readonly overall: KnownValues;
  /** Lists of things found in the input, the most specific first. */
  readonly lists: readonly (readonly KnownValues[])[];
}

/** Reads a prompt for structured output. */
export function readSource(prompt: Prompt): Source {
  const text = [prompt.material, ...prompt.toolResults.map((result) => result.text)].join('\n\n');
  const facts = factsOf(text);
  const writer = new Writer(prompt.instruction, text, prompt.seed);
  const rows = tableRowsOf(text).map((row) => record(withAliases(row)));
  if (!containsDiff(text)) {
    const changes = changesOf(text).map(({ title, type, scope, hash, isBreaking }) =>
      record({
        title,
        description: title,
        summary: title,
        change: title,
        text: title,
        type,
        category: type,
        kind: type,
        scope,
        hash,
        commit: hash,
        breaking: isBreaking,
        is_breaking: isBreaking,
      }),
    );
    return { text, facts, writer, overall: record({}), lists: [changes, rows] };
  }
  const review = reviewDiff(text);
  const summary = summarizeReview(review);
  const verdict = verdictOf(review);
  const overall = record({
    summary,
    overview: summary,
    verdict,
    decision: verdict,
    recommendation: verdict,
  });
  const findings = review.findings.map((finding) => {
    const { file, line, severity, category, title, why, suggestion, code } = finding;
    return record({
      ...{ file, path: file, filename: file, file_path: file },
      ...{ line, line_number: line, start_line: line, end_line: line, new_line: line },
      ...{
        severity,
        level: severity,
        priority: severity,
        category,
        type: category,
        kind: category,
      },
      ...{ title, message: title, summary: title, name: title, issue: title, problem: title },
      ...{ why, rationale: why, explanation: why, description: why, detail: why, details: why },
      ...{ reason: why, body: why, impact: why, comment: `${title}. ${why}` },
      ...{ suggestion, fix: suggestion, recommendation: suggestion, suggested_fix: suggestion },
      ...{ code, snippet: code, excerpt: code, evidence: code },
    });
  });
  return { text, facts, writer, overall, lists: [findings, rows] };
}

function record(values: Readonly<Record<string, string | number | boolean>>): KnownValues {
  return new Map(Object.entries(values).map(([name, value]) => [normalizeName(name), value]));
}

/** The first cell in words is what a row is about, whatever its column is called. */
function withAliases(row: Row): Row {
  const about = Object.values(row).find((cell) => /\p{L}{2}/u.test(cell)) ?? '';
  return {
    ...row,
    description: about,
    name: about,
    item: about,
    product: about,
    title: about,
    ...row,
  };
}
