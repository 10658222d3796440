import { type DiffFile, type DiffLine, parseDiff } from './parse-diff.ts';
import { LINE_RULES, type Severity } from './rules.ts';

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly severity: Severity;
  readonly category: string;
  readonly title: string;
  readonly why: string;
  readonly suggestion: string;
  readonly code: string;
}

export interface Review {
  readonly files: readonly DiffFile[];
  readonly findings: readonly Finding[];
  readonly added: number;
  readonly removed: number;
}

const LARGE_BLOCK_LINES = 60;
const MAX_FINDINGS = 25;
/** Longer lines are generated code, on which some patterns take quadratic time. */
const MAX_LINE_LENGTH = 600;
const SEVERITY_ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Reviews a diff: every finding points at a line that the diff really adds (or removes). */
export function reviewDiff(text: string): Review {
  const files = parseDiff(text);
  const found = files.flatMap((file) => [
    ...lineFindings(file),
    ...emptyCatches(file),
    ...removedTests(file),
    ...largeBlocks(file),
  ]);
  const findings = found.length > 0 ? found : files.flatMap(modestNotes).slice(0, 3);
  const lines = files.flatMap((file) => file.lines);
  return {
    files,
    findings: findings
      .sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity))
      .slice(0, MAX_FINDINGS),
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  };
}

function lineFindings(file: DiffFile): Finding[] {
  return addedLines(file).flatMap((line) => {
    const text = line.text.slice(0, MAX_LINE_LENGTH);
    const rule = LINE_RULES.find(
      ({ pattern, unless }) => pattern.test(text) && !unless?.test(text),
    );
    return rule === undefined ? [] : [finding(file, line, rule)];
  });
}

/** A catch whose braces stand on two lines escapes the line rules. */
function emptyCatches(file: DiffFile): Finding[] {
  const lines = file.lines.filter((line) => line.kind !== 'removed');
  return lines.flatMap((line, at) => {
    const opens = line.kind === 'added' && /catch\s*(?:\([^)]*\))?\s*\{\s*$/.test(line.text);
    const closes = /^\s*\}/.test(lines[at + 1]?.text ?? '');
    const swallow = LINE_RULES.find((rule) => rule.category === 'error-handling');
    return opens && closes && swallow !== undefined ? [finding(file, line, swallow)] : [];
  });
}

function removedTests(file: DiffFile): Finding[] {
  const isTest = (line: DiffLine) => /^\s*(?:test|it)\(|^\s*def test_/.test(line.text);
  const removed = file.lines.filter((line) => line.kind === 'removed' && isTest(line));
  const added = addedLines(file).filter(isTest);
  const first = removed[0];
  if (first === undefined || removed.length <= added.length) return [];
  return [
    finding(file, first, {
      severity: 'high',
      category: 'tests',
      title: `${removed.length - added.length} test(s) removed`,
      why: 'The behaviour they guarded may still be there, but nothing notices when it breaks.',
      suggestion: 'Say in the description why they are no longer needed, or keep them.',
    }),
  ];
}

function largeBlocks(file: DiffFile): Finding[] {
  let run: DiffLine[] = [];
  for (const line of [...file.lines, undefined]) {
    if (line?.kind === 'added') run.push(line);
    else if (run.length >= LARGE_BLOCK_LINES && run[0] !== undefined) {
      return [
        finding(file, run[0], {
          severity: 'low',
          category: 'maintainability',
          title: `${run.length} lines added in one piece`,
          why: 'A block of this size holds more than one idea, and reviewers skim what they cannot hold.',
          suggestion: 'Split it where a part can be named and tested on its own.',
        }),
      ];
    } else run = [];
  }
  return [];
}

/** When no rule matches, say so at a real line rather than invent a problem. */
function modestNotes(file: DiffFile): Finding[] {
  const line = addedLines(file).find(({ text }) => /[\p{L}]{3}/u.test(text)) ?? file.lines[0];
  if (line === undefined) return [];
  return [
    finding(file, line, {
      severity: 'info',
      category: 'note',
      title: 'No problem stands out here',
      why: 'None of the usual patterns occurs in this file; whether the change does what it should is not visible from the diff alone.',
      suggestion: 'Check that a test covers this line, since it is where the behaviour changes.',
    }),
  ];
}

function finding(
  file: DiffFile,
  line: DiffLine,
  about: Pick<Finding, 'severity' | 'category' | 'title' | 'why' | 'suggestion'>,
): Finding {
  const { severity, category, title, why, suggestion } = about;
  const code = line.text.trim().slice(0, 200);
  return {
    file: file.path,
    line: Math.max(1, line.line),
    severity,
    category,
    title,
    why,
    suggestion,
    code,
  };
}

function addedLines(file: DiffFile): DiffLine[] {
  return file.lines.filter((line) => line.kind === 'added');
}
