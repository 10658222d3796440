import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const folders =
  'web|api|worker|agent-service|supabase|shared|simulator|scripts|bench|e2e|docs|\\.ci';
const pathShape = new RegExp(`^(?:${folders})(?:/[\\w.\\-\\[\\]()]+)*/?$`);

/** What stands in backticks and looks like a path of this repository; `{a,b}` and `*` are left to readers. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((code) => code.includes('/') && pathShape.test(code));
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');

  test('names only paths that exist', () => {
    expect(pathsIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(join(root, document, '..', link)))).toEqual([]);
  });

  test('names only npm commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = [...text.matchAll(/npm (?:run ([a-z:-]+)|(start|test)\b)/g)].map(
      ([, named, short]) => named ?? short ?? '',
    );
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('the architecture document names every top-level folder', () => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  for (const folder of [
    'web',
    'api',
    'worker',
    'agent-service',
    'supabase',
    'shared',
    'simulator',
    'scripts',
    'bench',
    'e2e',
  ])
    expect(text).toContain(`\`${folder}/`);
});
