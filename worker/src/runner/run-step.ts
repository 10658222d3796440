import { storeStep } from './call-ledger.ts';
import type { Claim } from './claim.ts';
import type { EventSink } from './event-sink.ts';
import type { TaskWriter } from './task-writer.ts';

export type StepDependencies = { writer: TaskWriter; claim: Claim; sink: EventSink };

/** Runs a durable step, or gives back what an earlier attempt stored of it; see `TaskContext.step`. */
export async function runStep<T>(
  { writer, claim, sink }: StepDependencies,
  key: string,
  title: string,
  run: () => Promise<T> | T,
): Promise<T> {
  const stored = claim.steps.get(key);
  if (stored !== undefined) {
    sink.add({ type: 'step.replayed', data: { step: key, title } });
    return (stored as { value: T }).value;
  }
  const startedAt = new Date();
  sink.add({ type: 'step.started', data: { step: key, title } });
  const output = { value: await run() };
  await storeStep(writer, claim, key, { title, output, startedAt }, [
    ...(await sink.takeWaiting()),
    { type: 'step.completed', data: { step: key, title } },
  ]);
  claim.steps.set(key, output);
  return output.value;
}
