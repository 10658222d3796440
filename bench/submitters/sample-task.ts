/** A small task of the commonest kind. */
export const sampleTask = {
  kind: 'assistant.prompt',
  input: { prompt: 'Is order 4711 paid?' },
} as const;

/** The task that disturbs least while it runs: its answer is a few tokens. */
export const shortTask = {
  kind: 'data.extract',
  input: {
    text: 'Order 4711 is paid.',
    schema: { type: 'object', properties: { order: { type: 'integer' } }, required: ['order'] },
  },
} as const;

/** The small task as the peers' tables hold it. */
export function peerRow(orgId: string, taskId: string): unknown[] {
  return [
    orgId,
    taskId,
    sampleTask.kind,
    sampleTask.input.prompt,
    JSON.stringify(sampleTask.input),
  ];
}
