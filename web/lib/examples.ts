export type Example = { kind: string; title: string; input: Record<string, unknown> };

const diff = `diff --git a/src/sessions.ts b/src/sessions.ts
--- a/src/sessions.ts
+++ b/src/sessions.ts
@@ -12,9 +12,14 @@ export class Sessions {
   async find(token: string): Promise<Session | undefined> {
-    const row = await this.db.one('select * from sessions where token = $1', [token]);
-    return row ? toSession(row) : undefined;
+    const row = await this.db.one(\`select * from sessions where token = '\${token}'\`);
+    if (!row) return undefined;
+    // TODO: remove before release
+    console.log('session found', row);
+    return toSession(row);
   }
 
+  isExpired(session: Session): boolean {
+    return session.expiresAt.getTime() == Date.now();
+  }
 }
`;

const invoice = `INVOICE 2026-0417
Harbour Print Works, 4 Quay Street, Bristol

To: Acme Ltd
Date: 12 March 2026          Due: 11 April 2026

  500  Letterheads, recycled paper      0.12     60.00
   40  Posters A2, matt                 3.50    140.00
                               Net total        200.00
                               VAT 20 %          40.00
                               Total GBP        240.00
`;

const invoiceSchema = {
  title: 'invoice',
  type: 'object',
  properties: {
    number: { type: 'string' },
    due: { type: 'string', description: 'ISO 8601 date' },
    currency: { type: 'string' },
    total: { type: 'number' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          description: { type: 'string' },
          quantity: { type: 'integer' },
          amount: { type: 'number' },
        },
        required: ['description', 'quantity', 'amount'],
        additionalProperties: false,
      },
    },
  },
  required: ['number', 'due', 'currency', 'total', 'lines'],
  additionalProperties: false,
};

const source = `/** Keeps the most recently used values, at most \`limit\` of them. */
export class RecentCache<K, V> {
  readonly #limit: number;
  readonly #values = new Map<K, V>();

  constructor(limit: number) {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit must be a positive integer');
    this.#limit = limit;
  }

  /** The value, which becomes the most recent one; undefined when it is not kept. */
  get(key: K): V | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#limit) break;
      this.#values.delete(oldest);
    }
  }
}
`;

const commits = `9f1c2ab feat(tasks): a task can wait for a person's approval
41d77e0 feat(api): submit up to a thousand tasks at once
b02c9d4 fix(stream): a reload in the middle of an answer shows every word once
77aa310 perf(queue): a delayed task starts within milliseconds of its time
5c0e6f1 fix(usage): cached tokens are no longer counted twice
e83b1d9 docs: how to run behind a proxy
`;

/** One thing to try for each kind of task. */
export const examples: readonly Example[] = [
  {
    kind: 'assistant.prompt',
    title: 'Plan a database migration without downtime',
    input: {
      prompt:
        'Write a plan for adding a required column to a busy PostgreSQL table of 200 million rows without downtime. Give the steps in order, the SQL of each, how to verify it, and how to go back.',
    },
  },
  {
    kind: 'code.review',
    title: 'Review a change to session handling',
    input: { diff, focus: 'Security, and comparisons of time.' },
  },
  {
    kind: 'docs.generate',
    title: 'Document a small cache',
    input: { source, filename: 'recent-cache.ts', audience: 'users' },
  },
  {
    kind: 'data.extract',
    title: 'Read an invoice into JSON',
    input: { text: invoice, schema: invoiceSchema },
  },
  {
    kind: 'release.notes',
    title: 'Write the notes of a release, with an approval',
    input: { commits, version: '1.4.0', audience: 'users' },
  },
  {
    kind: 'seo.brief',
    title: 'Brief an article on database backups',
    input: {
      keyphrase: 'postgres backup strategy',
      audience: 'Developers who run their own database',
    },
  },
  {
    kind: 'seo.article',
    title: 'Write an article on database backups',
    input: {
      keyphrase: 'postgres backup strategy',
      audience: 'Developers who run their own database',
      tone: 'Calm and exact',
      word_target: 600,
    },
  },
];

/** The example of a kind; undefined when it has none. */
export function exampleOf(kind: string): Example | undefined {
  return examples.find((example) => example.kind === kind);
}
