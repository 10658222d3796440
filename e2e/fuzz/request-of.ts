import fc from 'fast-check';
import { fromSchema } from './from-schema.ts';
import { hostileBodies, hostileTexts, hostileValue, spoil } from './hostile.ts';
import type { Document, Operation, Schema } from './operations.ts';

export type FuzzRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
};

/** What requests are made from: things that exist, and who asks. */
export type Surroundings = {
  orgs: string[];
  /** Ids by the part of the path before them, such as `tasks`. */
  ids: Record<string, string[]>;
  tokens: string[];
};

const alsoFits = { weight: 6 };
const rarely = { weight: 1 };

/** Requests of an operation: most nearly right, some wrong in one place, a few wrong altogether. */
export function requestOf(
  { method, path, parameters, body }: Operation,
  components: Document['components'],
  { orgs, ids, tokens }: Surroundings,
): fc.Arbitrary<FuzzRequest> {
  const existing = (name: string, before: string) =>
    name === 'org' ? orgs : [...(ids[before] ?? []), ...(name === 'user' ? ['me'] : [])];
  const pathText = fc.tuple(
    ...path.split('/').map((part, index, parts) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!name) return fc.constant(part);
      const known = existing(name, parts[index - 1] ?? '');
      return fc.oneof(
        ...(known.length > 0
          ? [{ ...alsoFits, arbitrary: fc.constantFrom(...known) }]
          : [{ ...rarely, arbitrary: fc.uuid() }]),
        { ...rarely, arbitrary: fc.uuid() },
        { ...rarely, arbitrary: hostilePathPart },
      );
    }),
  );
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const pairs = fc.tuple(
    ...of('query').map(({ name, schema }) =>
      fc.option(fc.tuple(fc.constant(name), parameterText(schema, components)), {
        nil: null,
        freq: 2,
      }),
    ),
    fc.option(
      fc.tuple(fc.constantFrom('surprise', 'limit', 'before'), fc.constantFrom(...hostileTexts)),
      {
        nil: null,
        freq: 1,
      },
    ),
  );
  const headers = fc.tuple(
    ...of('header').map(({ name, schema }) =>
      fc.option(fc.tuple(fc.constant(name), headerText(schema, components)), { nil: null }),
    ),
  );
  const sendsBody = method !== 'GET';
  return fc
    .record({
      parts: pathText,
      pairs,
      headers,
      token: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...tokens) },
        { ...rarely, arbitrary: fc.constantFrom('x', 'ds_live_x', 'a.b.c', '') },
      ),
      body: sendsBody ? bodyText(body, components) : fc.constant(null),
      encoding: fc.oneof(
        { weight: 12, arbitrary: fc.constant({ 'content-type': 'application/json' }) },
        { ...rarely, arbitrary: fc.constantFrom(...strangeEncodings) },
      ),
    })
    .map((made) => ({
      method,
      path: made.parts.join('/') + queryOf(made.pairs.filter((pair) => pair !== null)),
      headers: {
        authorization: `Bearer ${made.token}`,
        ...(made.body === null ? {} : made.encoding),
        ...Object.fromEntries(made.headers.filter((pair) => pair !== null)),
      },
      body: made.body,
    }));
}

const strangeEncodings: Array<Record<string, string>> = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset=nonsense' },
  { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  { 'content-type': 'application/json', 'content-encoding': 'nonsense' },
  { 'content-type': 'nonsense' },
  {},
];

const hostilePathPart = fc.oneof(
  fc.constantFrom('%00', '%', '%zz', '%ff%fe', '%2e%2e', '%2F', 'a%20b', "'--", 'x'.repeat(3_000)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(encodeURIComponent),
);

function queryOf(pairs: Array<[string, string]>): string {
  if (pairs.length === 0) return '';
  const wellFormed = pairs.map(([name, value]): [string, string] => [name, value.toWellFormed()]);
  return `?${new URLSearchParams(wellFormed)}`;
}

function parameterText(schema: Schema, components: Document['components']): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fromSchema(schema, components).map(String) },
    { ...rarely, arbitrary: fc.constantFrom(...hostileTexts) },
  );
}

/** What HTTP lets through: Node refuses other characters before they are sent. */
function headerText(schema: Schema, components: Document['components']): fc.Arbitrary<string> {
  return parameterText(schema, components).map((text) =>
    text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim(),
  );
}

function bodyText(
  schema: Schema | null,
  components: Document['components'],
): fc.Arbitrary<string | null> {
  const raw = fc.constantFrom(...hostileBodies);
  if (!schema)
    return fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { ...rarely, arbitrary: raw });
  const fits = fromSchema(schema, components);
  return fc.oneof(
    { weight: 4, arbitrary: fits.map((value) => JSON.stringify(value)) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fits, fc.nat(10_000), hostileValue)
        .map(([value, place, other]) => JSON.stringify(spoil(value, place, other)) ?? ''),
    },
    { weight: 1, arbitrary: hostileValue.map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: raw },
  );
}
