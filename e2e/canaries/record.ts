import { type IncomingMessage, Server, ServerResponse } from 'node:http';

/** What one subject was sent: as whom it asked (and is from now on), for what, and every byte of the answer. */
export type SentAnswer = { port: number; authorizations: string[]; url: string; text: string };

type Emit = (this: Server, ...given: unknown[]) => boolean;
type Write = (this: ServerResponse, ...given: unknown[]) => unknown;

/** Keeps every answer that servers of this process send, whoever asked and however, event streams included. */
export function recordAnswers(): { answers: SentAnswer[]; stop: () => void } {
  const answers: SentAnswer[] = [];
  return { answers, stop: watchAnswers((answer) => answers.push(answer)) };
}

/** Calls `begun` with every answer when its first bytes are sent; its text grows. Returns what ends the watch. */
export function watchAnswers(
  begun: (answer: SentAnswer, response: ServerResponse) => void,
): () => void {
  const open = new WeakMap<ServerResponse, SentAnswer>();
  const keep = (response: ServerResponse, chunk: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    let answer = open.get(response);
    if (!answer) {
      const { authorization } = response.req.headers;
      answer = {
        port: response.req.socket.localPort ?? 0,
        authorizations: authorization ? [authorization] : [],
        url: response.req.url ?? '',
        text: '',
      };
      open.set(response, answer);
      begun(answer, response);
    }
    answer.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
  };
  const prototype = ServerResponse.prototype as unknown as Record<'write' | 'end', Write>;
  const { write, end } = prototype;
  prototype.write = function (...given) {
    keep(this, given[0]);
    return write.apply(this, given);
  };
  prototype.end = function (...given) {
    keep(this, given[0]);
    return end.apply(this, given);
  };
  return () => {
    Object.assign(prototype, { write, end });
  };
}

/** From here on the servers of this process compress nothing, so that what they send can be read. */
export function sendPlainly(): void {
  const prototype = Server.prototype as unknown as { emit: Emit };
  const { emit } = prototype;
  prototype.emit = function (...given) {
    const [event, request] = given;
    if (event === 'request') delete (request as IncomingMessage).headers['accept-encoding'];
    return emit.apply(this, given);
  };
}
