/** A small task of the commonest kind. */
export const sampleTask = {
  kind: 'assistant.prompt',
  input: { prompt: 'Is order 4711 paid?' },
} as const;

/** The same task as the peers' tables hold it. */
export function peerRow(orgId: string, taskId: string): unknown[] {
  return [
    orgId,
    taskId,
    sampleTask.kind,
    sampleTask.input.prompt,
    JSON.stringify(sampleTask.input),
  ];
}
