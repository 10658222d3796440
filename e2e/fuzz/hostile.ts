import fc from 'fast-check';

/** Texts that have broken systems before. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\u202eevil',
  '𝕳\u0301\u200d',
  "' or 1=1 --",
  '%',
  '\\',
  '%%00',
  '../../etc/passwd',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e999',
  '99999999999999999999',
  '2026-02-30T25:61:00Z',
  '+275760-09-13T00:00:00.001Z',
  '0001-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(5_000),
] as const;

/** A JSON value where another was wanted. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    -0,
    1e308,
    Number.MAX_SAFE_INTEGER,
    [],
    {},
    [[]],
    [null],
    { __proto__: null },
    { constructor: { prototype: 1 } },
    { toString: 1, length: -1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Bodies that are no JSON, or JSON that nobody sends. */
export const hostileBodies = [
  '',
  '{',
  '{"a":1,}',
  'null',
  '[]',
  '"x"',
  '7',
  'NaN',
  "{'a': 1}",
  '{"a":1}{"b":2}',
  '\ufeff{}',
  '{"__proto__":{"admin":true}}',
  '{"kind":"assistant.prompt","kind":7,"input":{},"input":{"prompt":"x"}}',
  '{"a":1e999}',
  '{"a":123456789012345678901234567890}',
  '{"a":"\\ud800"}',
  '{"\\u0000":"\\u0000"}',
  '['.repeat(50_000),
  `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  '\xff\xfe',
] as const;

/** Replaces one value somewhere inside, or adds one; `place` decides where. */
export function spoil(value: unknown, place: number, replacement: unknown): unknown {
  if (value === null || typeof value !== 'object' || place % 5 === 0) return replacement;
  const entries = Object.entries(value);
  const at = place % (entries.length + 1);
  const rest = Math.floor(place / 5);
  if (Array.isArray(value)) {
    if (at === entries.length) return [...value, replacement];
    return value.map((item, index) => (index === at ? spoil(item, rest, replacement) : item));
  }
  if (at === entries.length) return { ...value, unexpected: replacement };
  if (place % 7 === 0) return Object.fromEntries(entries.filter((_, index) => index !== at));
  return Object.fromEntries(
    entries.map(([name, item], index) => [
      name,
      index === at ? spoil(item, rest, replacement) : item,
    ]),
  );
}
