import { ServerResponse } from 'node:http';

/** What one subject was sent: as whom it asked, for what, and every byte of the answer. */
export type SentAnswer = { port: number; authorization: string; url: string; text: string };

type Write = (this: ServerResponse, ...given: unknown[]) => unknown;

/** Keeps every answer that servers of this process send, whoever asked and however, event streams included. */
export function recordAnswers(): { answers: SentAnswer[]; stop: () => void } {
  const answers: SentAnswer[] = [];
  const open = new WeakMap<ServerResponse, SentAnswer>();
  const keep = (response: ServerResponse, chunk: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    let answer = open.get(response);
    if (!answer) {
      answer = {
        port: response.req.socket.localPort ?? 0,
        authorization: response.req.headers.authorization ?? '',
        url: response.req.url ?? '',
        text: '',
      };
      open.set(response, answer);
      answers.push(answer);
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
  return {
    answers,
    stop: () => {
      Object.assign(prototype, { write, end });
    },
  };
}
