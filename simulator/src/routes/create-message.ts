import { Call } from '../calls/call.ts';
import { validateMessageRequest } from '../contract/validate-request.ts';
import type { Fault } from '../faults/fault.ts';
import { refusalOf } from '../faults/refuse-call.ts';
import { generate, Progress } from '../generation/generate.ts';
import { type SimulatedMessage, simulateMessage, usageOf } from '../generation/simulate-message.ts';
import { ApiError } from '../http/api-error.ts';
import { authenticate, keyHashOf, keyHintOf } from '../http/authenticate.ts';
import type { Exchange } from '../http/exchange.ts';
import { MAX_REQUEST_BYTES, parseJson, readBody } from '../http/read-body.ts';
import { startPacer } from '../pace/pace.ts';
import { untilAborted } from '../pace/pause-for.ts';
import type { Services } from '../services.ts';
import { deliverStream } from './deliver-stream.ts';
import { deliverWhole } from './deliver-whole.ts';

/** Characters per delta: about three words when paced, larger when only speed counts. */
const PACED_PIECE = 14;
const FAST_PIECE = 64;
const HUGE_PIECE = 32_768;

/** `POST /v1/messages`: every path through here ends with exactly one line in the call log. */
export async function createMessage(services: Services, exchange: Exchange): Promise<void> {
  const { requestId, receivedAt, request } = exchange;
  const keyHint = keyHintOf(request);
  const origin = { requestId, receivedAt, keyHash: keyHashOf(request), keyHint };
  const call = new Call(origin, services.log, services.now);
  let fault: Fault | undefined;
  try {
    const keyHash = authenticate(request, services.acceptedKeys);
    const body = await readBody(request, MAX_REQUEST_BYTES);
    call.arrived(body, undefined);
    const parsed = parseJson(body);
    call.arrived(body, parsed);
    const { model, stream } = call;
    fault = services.faults.take({ endpoint: 'messages', body, model, stream });
    if (fault?.kind === 'hang') return await hang(exchange, call);
    const refusal = refusalOf(fault);
    if (refusal !== undefined) throw refusal;
    const message = simulateMessage(validateMessageRequest(parsed), {
      keyHash,
      cache: services.cache,
      fault,
      batch: false,
    });
    const { input_tokens, cache_creation_input_tokens } = message.input;
    services.rates.note(
      keyHash,
      input_tokens + cache_creation_input_tokens,
      usageOf(message, message.answer.blocks).output_tokens,
    );
    await deliver(services, exchange, call, message, fault, services.rates.headers(keyHash));
  } catch (error) {
    if (error instanceof ApiError) {
      const outcome = fault === undefined ? `error:${error.type}` : `fault:${fault.kind}`;
      await call.end({ outcome: outcome as `error:${string}`, billed: false });
    }
    throw error;
  }
}

async function deliver(
  services: Services,
  exchange: Exchange,
  call: Call,
  message: SimulatedMessage,
  fault: Fault | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const pace =
    fault?.kind === 'slow'
      ? { ...services.pace, tokensPerSecond: fault.tokens_per_second }
      : services.pace;
  const paced = pace.tokensPerSecond > 0;
  const progress = new Progress();
  const steps = generate(message.answer.blocks, progress, {
    pacer: startPacer(pace, exchange.gone),
    pieceLength: fault?.kind === 'huge' ? HUGE_PIECE : paced ? PACED_PIECE : FAST_PIECE,
    breakAfterTokens: breakpointOf(fault),
  });
  const delivery = { exchange, call, message, progress, steps, fault, headers };
  const whole = !call.stream || fault?.kind === 'lost_reply';
  try {
    await (whole ? deliverWhole(delivery) : deliverStream(delivery));
  } catch (error) {
    if (!exchange.gone.aborted) throw error;
    // Whoever hangs up pays for what was generated until then.
    const usage = usageOf(message, progress.blocks);
    await call.end({ outcome: 'client_gone', billed: true, messageId: message.id, usage });
  }
}

function breakpointOf(fault: Fault | undefined): number | undefined {
  switch (fault?.kind) {
    case 'stall':
    case 'cut':
    case 'early_end':
    case 'error_event':
    case 'garbled':
      return fault.after_tokens;
    default:
      return undefined;
  }
}

async function hang(exchange: Exchange, call: Call): Promise<void> {
  await untilAborted(exchange.gone);
  await call.end({ outcome: 'fault:hang', billed: false });
}
