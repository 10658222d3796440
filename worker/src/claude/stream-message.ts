import type Anthropic from '@anthropic-ai/sdk';
import { Silence } from '../silence.ts';
import type { RawUsage } from './price.ts';
import { StreamStalled, StreamTooLarge } from './stream-failures.ts';

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
};

/** Of a call that has not been answered yet. */
export const newCallRecord = (): CallRecord => ({
  requestId: null,
  messageId: null,
  stopReason: null,
  usage: null,
  simulated: false,
  text: '',
});

export type StreamOptions = {
  client: Anthropic;
  request: MessageRequest;
  signal: AbortSignal;
  idleSeconds: number;
  onText: (delta: string) => void;
  onUsage: (record: CallRecord) => void;
};

/** Several times what the longest answer of any model has: beyond it nothing is kept. */
const maximumCharacters = 2_000_000;

/**
 * One streamed call, read to its final message: ending the iteration early would take a cut stream for a whole one.
 * Fills `record` as facts arrive, so that a failed call can be told from an unpaid one. Throws the SDK's errors,
 * `StreamStalled`, `StreamTooLarge`, or the abort error of `signal`.
 */
export async function streamMessage(
  record: CallRecord,
  { client, request, signal, idleSeconds, onText, onUsage }: StreamOptions,
): Promise<void> {
  // The SDK's own timeout ends at the response headers; a silent stream would otherwise live for minutes.
  const silence = new Silence(idleSeconds * 1000);
  const tooLarge = new AbortController();
  try {
    const stream = client.messages.stream(request, {
      signal: AbortSignal.any([signal, silence.signal, tooLarge.signal]),
    });
    stream.on('streamEvent', (event) => {
      silence.broken();
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
      if (tooLarge.signal.aborted) return;
      if (record.text.length + delta.length > maximumCharacters) return tooLarge.abort();
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
  } catch (error) {
    if (tooLarge.signal.aborted && !signal.aborted)
      throw new StreamTooLarge(`more than ${maximumCharacters} characters`, { cause: error });
    if (silence.signal.aborted && !signal.aborted)
      throw new StreamStalled(`no data for ${idleSeconds} s`, { cause: error });
    throw error;
  } finally {
    silence.ignore();
  }
}
