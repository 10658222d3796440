import type { MessageRequest } from '../contract/message-request.ts';
import { type Answer, completeAnswer } from '../generation/answer.ts';
import { readPrompt } from './read-prompt.ts';

/** Decides what kind of answer a request wants and writes it. The same request gets the same. */
export function composeAnswer(request: MessageRequest): Answer {
  const prompt = readPrompt(request);
  return completeAnswer([{ type: 'text', text: `About: ${prompt.instruction}` }]);
}
