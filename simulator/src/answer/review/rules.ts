export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

export interface Rule {
  readonly pattern: RegExp;
  /** Lines that look alike but are fine. */
  readonly unless?: RegExp;
  readonly severity: Severity;
  readonly category: string;
  readonly title: string;
  readonly why: string;
  readonly suggestion: string;
}

/** What a single added line can give away. The first rule that matches a line wins. */
export const LINE_RULES: readonly Rule[] = [
  {
    pattern:
      /\b(?:api[_-]?key|secret|password|passwd|token|private[_-]?key)\w*["']?\s*[:=]\s*["'`][^"'`\s]{8,}["'`]/i,
    unless: /process\.env|os\.environ|example|placeholder|\$\{/i,
    severity: 'critical',
    category: 'security',
    title: 'A secret is written into the source',
    why: 'Anybody who can read the repository, now or in its history, can use this value.',
    suggestion:
      'Read it from the environment or a secret store, and rotate the value that was exposed.',
  },
  {
    pattern:
      /\b(?:select|insert into|update|delete from)\b.*(?:\$\{|["'`]\s*\+|\+\s*["'`]|%s["'`]\s*%|\{\w+\})/i,
    unless: /sql`|sql\.raw/,
    severity: 'critical',
    category: 'security',
    title: 'SQL is built from strings',
    why: 'A value with a quote in it becomes part of the statement: an injection.',
    suggestion: 'Pass the values as parameters and keep the statement constant.',
  },
  {
    pattern: /\b(?:eval|new Function)\s*\(|dangerouslySetInnerHTML|\.innerHTML\s*=/,
    severity: 'high',
    category: 'security',
    title: 'Text is executed or inserted as markup',
    why: 'If any part of the text comes from outside, this runs somebody else’s code.',
    suggestion: 'Parse the value or use a safe API (textContent, a lookup table) instead.',
  },
  {
    pattern: /catch\s*(?:\([^)]*\))?\s*\{\s*\}|except\s*(?:\w+\s*)?:\s*pass\b/,
    severity: 'high',
    category: 'error-handling',
    title: 'An error is swallowed',
    why: 'The failure leaves no trace, and what follows runs as if nothing had happened.',
    suggestion: 'Handle the expected error by name; rethrow or log everything else.',
  },
  {
    pattern:
      /^\s*(?:this\.)?(?:\w+\.)?(?:save|fetch|send|insert|update|delete|commit|publish|write\w*|load\w*)\(.*\);?\s*$/,
    unless: /await|return|\.then|=|void /,
    severity: 'medium',
    category: 'correctness',
    title: 'A call that looks asynchronous is not awaited',
    why: 'If it returns a promise, its failure is lost and the next line runs too early.',
    suggestion: 'Await it, or say with `void` that nobody waits on purpose.',
  },
  {
    pattern: /[^=!<>]==\s*null\b|[^=!<>]!=\s*null\b|[^=!<>]==[^=]/,
    unless: /===|==\s*(?:None|True|False)|\.(?:py|sql)/,
    severity: 'low',
    category: 'correctness',
    title: 'Loose equality',
    why: '`==` converts its operands, so that 0, "" and null meet in unexpected ways.',
    suggestion: 'Compare with `===`, or name the case you mean (`=== undefined`).',
  },
  {
    pattern: /:\s*any\b|\bas any\b|<any>|@ts-ignore|@ts-nocheck/,
    severity: 'medium',
    category: 'types',
    title: 'The type checker is switched off here',
    why: 'From this value on, mistakes show up at run time instead of in the editor.',
    suggestion: 'Give it its real type, or `unknown` with a check.',
  },
  {
    pattern: /\bconsole\.(?:log|debug|dir)\(|\bdebugger\b|^\s*print\(/,
    severity: 'low',
    category: 'maintainability',
    title: 'Debug output left in',
    why: 'It reaches production logs without level or context, and may carry data that should not.',
    suggestion: 'Remove it, or use the logger with a level and the ids of the case.',
  },
  {
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/,
    severity: 'low',
    category: 'maintainability',
    title: 'An open end without an owner',
    why: 'A note in the code has no date and no person; most of them outlive their reason.',
    suggestion: 'Finish it in this change, or track it where the team looks.',
  },
  {
    pattern: /\.(?:only|skip)\(|\bxit\(|\bxdescribe\(|@pytest\.mark\.skip/,
    severity: 'high',
    category: 'tests',
    title: 'Tests are switched off',
    why: 'The suite stays green while part of it no longer runs.',
    suggestion: 'Remove the marker before merging.',
  },
  {
    pattern: /setTimeout\([^,]*,\s*\d{3,}\)|\bsleep\(\s*\d+/,
    severity: 'medium',
    category: 'reliability',
    title: 'A fixed delay stands in for a condition',
    why: 'It is too long on a fast machine and too short on a slow one.',
    suggestion: 'Wait for the event or the state that the delay hopes for.',
  },
  {
    pattern: /\bhttp:\/\/(?!localhost|127\.0\.0\.1)/,
    severity: 'medium',
    category: 'security',
    title: 'An address without encryption',
    why: 'Whatever is sent there can be read and changed on the way.',
    suggestion: 'Use https, and refuse plain http in configuration.',
  },
  {
    pattern: /(?<![\w$])[\w.]+!\.\w|!\s*;$/,
    unless: /!==|!=/,
    severity: 'low',
    category: 'types',
    title: 'A value is asserted to exist',
    why: 'The assertion disappears at run time; a missing value fails further away.',
    suggestion: 'Check it here and fail with a sentence that says what is missing.',
  },
];
