import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Simulator } from '../src/server.ts';
import { startSimulator } from './start-simulator.ts';

let simulator: Simulator;
let client: Anthropic;
beforeAll(async () => {
  ({ simulator, client } = await startSimulator());
});
afterAll(() => simulator.close());

async function extract<Schema extends z.ZodType>(content: string, schema: Schema) {
  const message = await client.messages.create({
    model: 'claude-sonnet-5-5',
    max_tokens: 8_000,
    messages: [{ role: 'user', content }],
    output_config: { format: zodOutputFormat(schema) },
  });
  const block = message.content[0];
  return schema.parse(JSON.parse(block?.type === 'text' ? block.text : ''));
}

const INVOICE = `Extract the invoice.

Invoice Number: INV-2043
Invoice date: March 3, 2026
Due: 2026-04-02
Vendor: Northwind Supplies Ltd
Bill to: Ada Lovelace, ada@example.org

| Item | Quantity | Unit price | Total |
|---|---|---|---|
| Paper A4 | 10 | 4.50 | 45.00 |
| Toner | 2 | 80.00 | 160.00 |

Tax: $16.40
Total: $221.40`;

const DIFF = `Review this change:

diff --git a/src/user.ts b/src/user.ts
--- a/src/user.ts
+++ b/src/user.ts
@@ -10,3 +10,6 @@ export function load(id: string) {
   const started = Date.now();
+  console.log('loading', id);
+  const rows = db.query("select * from users where id = " + id);
+  const first: any = rows[0];
   return first;
 }
`;

describe('structured output', () => {
  test('an invoice comes back with the values that stand in it', async () => {
    const invoice = await extract(
      INVOICE,
      z.object({
        invoice_number: z.string(),
        invoice_date: z.iso.date(),
        due_date: z.iso.date().nullable(),
        vendor: z.object({ name: z.string() }),
        customer_name: z.string(),
        email: z.email(),
        currency: z.enum(['EUR', 'USD']),
        total: z.number().min(0),
        phone: z.string().nullable(),
        line_items: z
          .array(
            z.object({
              description: z.string(),
              quantity: z.int().positive(),
              unit_price: z.number(),
            }),
          )
          .min(1),
      }),
    );
    expect(invoice).toMatchObject({
      invoice_number: 'INV-2043',
      invoice_date: '2026-03-03',
      due_date: '2026-04-02',
      vendor: { name: 'Northwind Supplies Ltd' },
      customer_name: 'Ada Lovelace',
      email: 'ada@example.org',
      total: 221.4,
      phone: null,
      line_items: [
        { description: 'Paper A4', quantity: 10, unit_price: 4.5 },
        { description: 'Toner', quantity: 2, unit_price: 80 },
      ],
    });
  });

  test('a review names real lines of the diff', async () => {
    const severity = z.enum(['low', 'medium', 'high', 'critical']);
    const review = await extract(
      DIFF,
      z.object({
        summary: z.string(),
        findings: z.array(
          z.object({
            file: z.string(),
            line: z.int().min(1),
            severity,
            title: z.string(),
            suggestion: z.string(),
          }),
        ),
      }),
    );
    const places = review.findings.map(({ file, line, severity }) => ({ file, line, severity }));
    expect(places).toEqual([
      { file: 'src/user.ts', line: 12, severity: 'critical' },
      { file: 'src/user.ts', line: 13, severity: 'medium' },
      { file: 'src/user.ts', line: 11, severity: 'low' },
    ]);
  });

  test('every keyword of a demanding schema is obeyed', async () => {
    type Tree = { label: string; children: Tree[] };
    const tree: z.ZodType<Tree> = z.object({
      label: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const demanding = z.object({
      kind: z.literal('report'),
      score: z.int().min(40).max(45),
      share: z.number().gt(0).lt(1),
      code: z.string().regex(/^[A-Z]{3}-\d{4}$/),
      nickname: z.string().min(30).max(60),
      tags: z.array(z.string()).min(4).max(6),
      site: z.url(),
      at: z.iso.datetime(),
      id: z.uuid(),
      choice: z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]),
      maybe: z.string().nullable(),
      flag: z.boolean(),
      tree,
    });
    await extract('Describe the harbour project.', demanding);
  });

  test('the same request gets the same answer', async () => {
    const schema = z.object({ summary: z.string(), score: z.number() });
    expect(await extract(INVOICE, schema)).toEqual(await extract(INVOICE, schema));
  });

  test('a schema with open objects is refused, as the API refuses it', async () => {
    const call = client.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hello' }],
      output_config: {
        format: { type: 'json_schema', schema: { type: 'object', properties: {} } },
      },
    });
    await expect(call).rejects.toMatchObject({ status: 400 });
  });
});
