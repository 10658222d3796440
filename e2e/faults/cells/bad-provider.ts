import type { BodyOf } from '../bodies.ts';
import { extractOf, promptOf } from '../bodies.ts';
import type { Cell, Endings } from '../cell.ts';
import { submitLoad } from '../load.ts';

/** The provider misbehaves for some of the calls; the tasks of those end as they must, and the rest of the load well. */
const misbehaving = (
  name: string,
  faults: object[],
  endings: Endings = {},
  bodyOf?: BodyOf,
): Cell => ({
  name,
  run: async ({ lab, tasks }) => {
    await lab.control('POST', 'faults', faults);
    await lab.startWorkers({ idleSeconds: 2 });
    await submitLoad(lab, tasks, { bodyOf });
  },
  endings,
});

const stopReasons = ['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded'];

/** Characters of two, three and four bytes, in what is asked and so in what is answered. */
const worldlyOf: BodyOf = (n) => ({
  kind: 'assistant.prompt',
  input: { prompt: `Question ${n}: was heißt „naïve Größe 漢字 🙂🙃“?` },
});

const huge = misbehaving(
  'answers of 50 MB',
  [{ kind: 'huge', bytes: 50_000_000, times: 2 }],
  { 'failed output_too_large': 2 },
  promptOf,
);

export const badProvider: Cell[] = [
  misbehaving('429 with 2 s', [
    { kind: 'status', status: 429, headers: { 'retry-after': '2' }, times: 10 },
  ]),
  misbehaving(
    '429 with two hours, and a spend limit',
    [
      { kind: 'status', status: 429, headers: { 'retry-after': '7200' }, times: 2 },
      {
        kind: 'status',
        status: 429,
        details: { error_code: 'enforced_spend_limit_reached' },
        times: 2,
      },
    ],
    { 'failed model_rate_limited': 2, 'failed spend_limit_reached': 2 },
  ),
  misbehaving('529 and 500', [
    { kind: 'status', status: 529, times: 10 },
    { kind: 'status', status: 500, times: 5 },
  ]),
  misbehaving('stream: error event, cut, clean early end', [
    { kind: 'error_event', after_tokens: 5, times: 4 },
    { kind: 'cut', after_tokens: 5, times: 4 },
    { kind: 'early_end', after_tokens: 5, times: 4 },
  ]),
  misbehaving('stream: stall, hang, lost reply', [
    { kind: 'stall', after_tokens: 5, ms: 60_000, times: 3 },
    { kind: 'hang', times: 3 },
    { kind: 'lost_reply', times: 4 },
  ]),
  misbehaving(
    'every stop reason',
    stopReasons.map((stop_reason) => ({ kind: 'stop_reason', stop_reason, times: 2 })),
    { 'failed context_exceeded': 2, 'failed model_refused': 2, 'failed output_truncated': 2 },
    promptOf,
  ),
  misbehaving(
    'stream: events that are no JSON, and JSON that is cut, invalid or of another shape',
    [
      { kind: 'garbled', after_tokens: 5, times: 4 },
      ...['truncated', 'invalid', 'wrong_shape'].map((mode) => ({
        kind: 'bad_json',
        mode,
        times: 3,
      })),
    ],
    {},
    extractOf,
  ),
  misbehaving('stream: split UTF-8', [{ kind: 'split_utf8', times: 20 }], {}, worldlyOf),
  {
    ...huge,
    run: async (context) => {
      // As fast as it goes: at a model's pace they would take hours.
      await context.lab.control('PUT', 'pace', { tokens_per_second: 0, first_token_ms: 50 });
      await huge.run(context);
    },
  },
];
