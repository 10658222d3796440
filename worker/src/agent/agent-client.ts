import { type AgentEvent, agentEvent } from '@devsphere/shared/contracts/agent/agent-event.ts';
import type { AgentRequest } from '@devsphere/shared/contracts/agent/agent-request.ts';
import { failureOfAgentStatus } from '../runner/classify-error.ts';
import { failureOf } from '../runner/failures.ts';
import { TaskFailure } from '../runner/outcome.ts';
import { Silence } from '../silence.ts';

export type Agent = { url: string; token: string };

/** The agent sends a heartbeat after 5 s of silence; this much means that it, or the way to it, is gone. */
const idleMilliseconds = 20_000;
/** A whole article with its analysis is far below this. */
const maximumLineCharacters = 4 * 1024 * 1024;

const lastEvents: ReadonlySet<string | undefined> = new Set<AgentEvent['type']>([
  'result',
  'unfinished',
  'error',
]);

/**
 * Sends one request and reads its events until the last. Closing (aborting `signal`, or leaving the loop) ends the
 * agent's model call too. Throws `TaskFailure` when the agent is away, cuts the stream, or says what nobody agreed on.
 */
export async function* askAgent(
  agent: Agent,
  request: AgentRequest,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent> {
  const silence = new Silence(idleMilliseconds);
  const left = new AbortController();
  try {
    const response = await fetch(`${agent.url}/v1/seo/${request.kind.slice('seo.'.length)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agent.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.any([signal, silence.signal, left.signal]),
    });
    if (!response.ok || !response.body) throw failureOfAgentStatus(response.status);
    let rest = '';
    let last: AgentEvent | undefined;
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      // What is done with an event may take as long as a database is away.
      silence.ignore();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > maximumLineCharacters) throw nonsense('a line without end');
      for (const line of lines) {
        if (line.trim() === '') continue;
        last = parse(line);
        yield last;
      }
      silence.broken();
    }
    if (!lastEvents.has(last?.type)) throw failureOf('agent_stream_cut');
  } catch (error) {
    if (error instanceof TaskFailure || signal.aborted) throw error;
    throw failureOf('agent_unavailable', { cause: error });
  } finally {
    silence.ignore();
    left.abort();
  }
}

/** Whether the agent answers right now. */
export async function isAgentUp(agent: Agent): Promise<boolean> {
  return fetch(`${agent.url}/health`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

function parse(line: string): AgentEvent {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch (cause) {
    throw nonsense(cause);
  }
  const result = agentEvent.safeParse(document);
  if (!result.success) throw nonsense(result.error);
  return result.data;
}

const nonsense = (cause: unknown) => failureOf('agent_wrong_answer', { cause });
