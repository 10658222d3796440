import type Anthropic from '@anthropic-ai/sdk';
import type { RawUsage } from './price.ts';

export type MessageRequest = Pick<
  Anthropic.MessageStreamParams,
  'model' | 'max_tokens' | 'system' | 'messages' | 'output_config'
>;

/** What is known of a call at any moment, also when it fails in the middle. */
export type CallRecord = {
  requestId: string | null;
  messageId: string | null;
  stopReason: string | null;
  /** As the API sent it; null until the first byte of the answer. */
  usage: (RawUsage & Record<string, unknown>) | null;
  simulated: boolean;
  text: string;
  /** Whether the answer arrived whole. Until then the bill is not known for sure. */
  complete: boolean;
};

export type StreamOptions = {
  client: Anthropic;
  request: MessageRequest;
  signal: AbortSignal;
  idleSeconds: number;
  onText: (delta: string) => void;
  onUsage: (record: CallRecord) => void;
};

/** The stream said nothing for too long. */
export class StreamStalled extends Error {}

/**
 * One streamed call, read to its final message: ending the iteration early would take a cut stream for a whole one.
 * Fills `record` as facts arrive, so that a failed call can be told from an unpaid one. Throws the SDK's errors,
 * `StreamStalled`, or the abort error of `signal`.
 */
export async function streamMessage(
  record: CallRecord,
  { client, request, signal, idleSeconds, onText, onUsage }: StreamOptions,
): Promise<void> {
  // The SDK's own timeout ends at the response headers; a silent stream would otherwise live for minutes.
  const idle = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => idle.abort(), idleSeconds * 1000);
  };
  alive();
  try {
    const stream = client.messages.stream(request, {
      signal: AbortSignal.any([signal, idle.signal]),
    });
    stream.on('streamEvent', (event) => {
      alive();
      if (event.type === 'message_start') {
        record.messageId = event.message.id;
        record.usage = { ...event.message.usage };
        onUsage(record);
      }
      if (event.type === 'message_delta') {
        record.stopReason = event.delta.stop_reason;
        // Cumulative: overwrite, never add; absent fields keep what message_start said.
        const known = Object.fromEntries(
          Object.entries(event.usage).filter(([, value]) => value !== null && value !== undefined),
        );
        record.usage = { ...(record.usage ?? { input_tokens: 0, output_tokens: 0 }), ...known };
        onUsage(record);
      }
    });
    stream.on('text', (delta) => {
      record.text += delta;
      onText(delta);
    });
    stream.on('connect', () => {
      record.requestId = stream.request_id ?? null;
      record.simulated = stream.response?.headers.get('x-simulated') === 'true';
    });
    const final = await stream.finalMessage();
    record.requestId = stream.request_id ?? record.requestId;
    record.stopReason = final.stop_reason;
    record.complete = true;
  } catch (error) {
    if (idle.signal.aborted && !signal.aborted)
      throw new StreamStalled(`no data for ${idleSeconds} s`, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
