import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.ts';

/** A file of this repository. */
export function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** A file of this repository as the unified diff that adds it. */
export function diffAdding(file: string): string {
  const lines = sourceOf(file).replace(/\n$/, '').split('\n');
  return [
    `diff --git a/${file} b/${file}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${file}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n');
}

const invoice = `Invoice INV-2041
Date: 2026-03-04
From: Blue Harbour Hosting Ltd, billing@blueharbour.test
To: Acme

Item                    Qty   Price     Amount
Managed database          2   120.00    240.00
Object storage (TB)       3    18.50     55.50

Subtotal 295.50 EUR
VAT 19%   56.15 EUR
Total    351.65 EUR
Payable by 2026-04-03.`;

const invoiceSchema = {
  title: 'invoice',
  type: 'object',
  properties: {
    invoiceNumber: { type: 'string' },
    date: { type: 'string', format: 'date' },
    email: { type: 'string', format: 'email' },
    total: { type: 'number' },
    currency: { type: 'string', enum: ['EUR', 'USD', 'GBP'] },
  },
  required: ['invoiceNumber', 'date', 'total', 'currency'],
  additionalProperties: false,
};

const commits = `9f1c2ab feat(tasks): a task can wait for a person's approval
41d77e0 feat(api): submit up to a thousand tasks at once
b02c9d4 fix(stream): a reload in the middle of an answer shows every word once
77aa310 perf(queue): a delayed task starts within milliseconds of its time
5c0e6f1 fix(usage): cached tokens are no longer counted twice
e83b1d9 docs: how to run behind a proxy`;

/** One real input for each kind of task. */
export const mainJob = {
  'assistant.prompt': {
    prompt:
      'What does this module guarantee, and what would break if the order of its steps changed?',
    context: sourceOf('worker/src/runner/settle.ts'),
  },
  'code.review': {
    diff: diffAdding('scripts/system/service.ts'),
    focus: 'Processes that could be left behind',
  },
  'docs.generate': {
    source: sourceOf('shared/src/db/doors.ts'),
    filename: 'shared/src/db/doors.ts',
    audience: 'users',
  },
  'data.extract': { text: invoice, schema: invoiceSchema },
} as const;

/** What fills the demo organisation's first screen: a dozen tasks over files of this repository. */
export const demoTasks: Array<{
  by: 'owner' | 'member';
  kind: string;
  input: Record<string, unknown>;
}> = [
  {
    by: 'owner',
    kind: 'assistant.prompt',
    input: {
      prompt: 'Explain to a new colleague how a task travels from the form to a stored result.',
      context: sourceOf('shared/src/commands/submit-task.ts'),
    },
  },
  {
    by: 'member',
    kind: 'code.review',
    input: { diff: diffAdding('worker/src/intake/fetcher.ts') },
  },
  {
    by: 'owner',
    kind: 'docs.generate',
    input: { source: sourceOf('shared/src/db/announcer.ts'), filename: 'announcer.ts' },
  },
  { by: 'member', kind: 'data.extract', input: mainJob['data.extract'] },
  {
    by: 'owner',
    kind: 'assistant.prompt',
    input: {
      prompt: 'Compare keyset paging with offset paging for a list that grows while it is read.',
    },
  },
  {
    by: 'owner',
    kind: 'code.review',
    input: { diff: diffAdding('scripts/system/lock.ts'), focus: 'Races between two starts' },
  },
  {
    by: 'member',
    kind: 'docs.generate',
    input: {
      source: sourceOf('worker/src/claude/price.ts'),
      filename: 'price.ts',
      audience: 'maintainers',
    },
  },
  {
    by: 'member',
    kind: 'assistant.prompt',
    input: {
      prompt:
        'Draft release notes for a version that adds live streaming of results, cancelling, and retries that do not pay twice.',
    },
  },
  { by: 'owner', kind: 'code.review', input: { diff: diffAdding('shared/src/db/listener.ts') } },
  {
    by: 'owner',
    kind: 'docs.generate',
    input: { source: sourceOf('api/src/events/event-hub.ts'), filename: 'event-hub.ts' },
  },
  {
    by: 'member',
    kind: 'assistant.prompt',
    input: {
      prompt: 'Which questions should we ask a vendor before storing customer data with them?',
    },
  },
  { by: 'owner', kind: 'assistant.prompt', input: mainJob['assistant.prompt'] },
  {
    by: 'member',
    kind: 'release.notes',
    input: { commits, version: '1.4.0', approvalHours: 720 },
  },
];
