import type { Cell } from '../cell.ts';
import { submitLoad } from '../load.ts';

/** The provider misbehaves for some of the calls; the rest of the load must not notice. */
const misbehaving = (name: string, faults: object[]): Cell => ({
  name,
  run: async ({ lab, tasks }) => {
    await lab.control('POST', 'faults', faults);
    await lab.startWorkers({ idleSeconds: 2 });
    await submitLoad(lab, tasks);
  },
});

const stopReasons = ['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded'];

export const badProvider: Cell[] = [
  misbehaving('429 with 2 s', [
    { kind: 'status', status: 429, headers: { 'retry-after': '2' }, times: 10 },
  ]),
  misbehaving('429 with two hours, and a spend limit', [
    { kind: 'status', status: 429, headers: { 'retry-after': '7200' }, times: 2 },
    {
      kind: 'status',
      status: 429,
      details: { error_code: 'enforced_spend_limit_reached' },
      times: 2,
    },
  ]),
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
  ),
  misbehaving('split UTF-8 and an answer of 50 MB', [
    { kind: 'split_utf8', times: 5 },
    { kind: 'huge', bytes: 50_000_000, times: 1 },
  ]),
];
