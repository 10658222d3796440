import { randomUUID } from 'node:crypto';

/** Ends the prompt of a task whose first start fails. */
export const failFirst = 'fail first';

/** A small task of the commonest kind, which names itself in its prompt: that is how its start is found. */
export function sampleTask(more = '') {
  const prompt = `Is order 4711 paid? ${randomUUID()} ${more}`.trim();
  return { kind: 'assistant.prompt', input: { prompt } } as const;
}

/** The small task as the peers' tables hold it. */
export function peerRow(orgId: string, taskId: string): unknown[] {
  const { kind, input } = sampleTask();
  return [orgId, taskId, kind, input.prompt, JSON.stringify(input)];
}
