import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../system/settings.ts';

/** A safeguard in a source file, and the text without it. */
export type Filter = { file: string; line: number; start: number; end: number; instead: string };

const folders = ['shared/src/queries', 'shared/src/commands'];

/** How our queries and commands keep to one organisation, or to a permission; and what is left when they forget. */
const shapes: Array<[RegExp, (...groups: string[]) => string]> = [
  [/\.where\(\s*'(?:\w+\.)?org_id',\s*'=',[^)]+\)/g, () => ''],
  [/\.where\(isId\(\w+\) \? '[\w.]*org_id' : 'slug', '=', \w+\)/g, () => ''],
  [/\.onRef\('\w+\.org_id', '=', '\w+\.org_id'\)/g, () => ''],
  [/\b(?:\w+\.)?org_id = \w+\.org_id\b/g, () => 'true'],
  // The parameter keeps its type, so that the statement stays one.
  [/\b(?:\w+\.)?org_id = (\$\d|\$\{\w+\})/g, (_, parameter) => `${parameter}::uuid is not null`],
  [/\bcheckPermission\([^;{]+\);/g, () => ''],
  [/\bawait requirePermission\([^;]+\);/g, () => ''],
];

/** Operators work across organisations; a program belongs to one only, so row-level security alone decides. */
const heldElsewhere = (file: string) =>
  file.includes('/operator/') || file === 'shared/src/queries/describe-api-key.ts';

/** Of a row whose id was made in the same transaction: no other organisation can have it. */
const ofNewRows = ['update tasks set debounce_key ='];

/** Every organisation filter and permission check of our queries and commands, as their sources have them. */
export function findFilters(): Filter[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((file) => file.endsWith('.ts') && !heldElsewhere(file))
      .sort()
      .flatMap(filtersOf),
  );
}

function filtersOf(file: string): Filter[] {
  const source = readFileSync(join(root, file), 'utf8');
  return shapes
    .flatMap(([shape, instead]) =>
      [...source.matchAll(shape)]
        .filter(({ index }) => !isOfNewRow(source, index))
        .map((match) => ({
          file,
          line: source.slice(0, match.index).split('\n').length,
          start: match.index,
          end: match.index + match[0].length,
          instead: instead(...match),
        })),
    )
    .sort((a, b) => a.start - b.start);
}

function isOfNewRow(source: string, index: number): boolean {
  const line = source.slice(source.lastIndexOf('\n', index), index);
  return ofNewRows.some((start) => line.includes(start));
}
