import { capitalize } from '../text/split-text.ts';

export interface Change {
  readonly hash: string;
  readonly type: string;
  readonly scope: string;
  readonly title: string;
  readonly isBreaking: boolean;
}

const CONVENTIONAL =
  /^[\s*-]*(?:(?:commit )?([0-9a-f]{7,40})\s+)?(feat|fix|perf|refactor|docs|test|tests|chore|build|ci|style|revert)(?:\(([^)]+)\))?(!)?:\s+(.+)$/i;
const HASHED = /^[\s*-]*(?:commit )?([0-9a-f]{7,40})\s+(\S.{4,})$/;
const HEADINGS: readonly (readonly [string, readonly string[]])[] = [
  ['New', ['feat']],
  ['Fixed', ['fix', 'revert']],
  ['Faster', ['perf']],
  ['Under the hood', ['refactor', 'build', 'ci', 'chore', 'style', 'test', 'tests', 'other']],
  ['Documentation', ['docs']],
];

/** Changes named in a commit list: conventional commits or lines that start with a hash. */
export function changesOf(text: string): Change[] {
  return text.split('\n').flatMap((line) => {
    const commit = CONVENTIONAL.exec(line);
    if (commit !== null) {
      const [, hash = '', type = '', scope = '', mark, title = ''] = commit;
      return [{ hash, type: type.toLowerCase(), scope, title, isBreaking: mark === '!' }];
    }
    const [, hash = '', title = ''] = HASHED.exec(line) ?? [];
    return hash === '' ? [] : [{ hash, type: typeOf(title), scope: '', title, isBreaking: false }];
  });
}

/** Release notes for a list of changes, grouped by what they mean to a reader. */
export function writeReleaseNotes(changes: readonly Change[]): string {
  const breaking = changes.filter((change) => change.isBreaking);
  const parts = ['# Release notes', overview(changes)];
  if (breaking.length > 0) parts.push(`## Before you upgrade\n\n${lines(breaking)}`);
  for (const [heading, types] of HEADINGS) {
    const group = changes.filter((change) => types.includes(change.type));
    if (group.length > 0) parts.push(`## ${heading}\n\n${lines(group)}`);
  }
  return parts.join('\n\n');
}

function overview(changes: readonly Change[]): string {
  const features = changes.filter((change) => change.type === 'feat');
  const fixes = changes.filter((change) => change.type === 'fix');
  const lead = features[0] ?? fixes[0] ?? changes[0];
  const count = `This release has ${changes.length} changes: ${features.length} new and ${fixes.length} fixed.`;
  return lead === undefined ? count : `${count} Most visible: ${lead.title}.`;
}

function lines(changes: readonly Change[]): string {
  return changes
    .map(({ scope, title, hash }) => {
      const where = scope === '' ? '' : `**${scope}**: `;
      const reference = hash === '' ? '' : ` (${hash.slice(0, 7)})`;
      return `- ${where}${capitalize(title)}${reference}`;
    })
    .join('\n');
}

function typeOf(title: string): string {
  if (/^(?:add|support|introduce|allow|new)\b/i.test(title)) return 'feat';
  if (/^(?:fix|correct|repair|prevent|avoid)\b/i.test(title)) return 'fix';
  return 'other';
}
