import type { MessageRequest } from '../contract/message-request.ts';
import { type Answer, type AnswerBlock, completeAnswer } from '../generation/answer.ts';
import { newId } from '../http/exchange.ts';
import { answerFromSource } from './code/answer-from-source.ts';
import { isCode } from './code/is-code.ts';
import { containsSource } from './docs/parse-source.ts';
import { writeDocs } from './docs/write-docs.ts';
import { writeOutline } from './docs/write-outline.ts';
import { fitAnswer } from './fit-answer.ts';
import { answerAlone } from './prose/answer-alone.ts';
import { answerFromText } from './prose/answer-from-text.ts';
import { findTopic } from './prose/find-topic.ts';
import { asksForLength, writeProse } from './prose/write-prose.ts';
import { changesOf, writeReleaseNotes } from './prose/write-release-notes.ts';
import { type Prompt, readPrompt } from './read-prompt.ts';
import { reviewDiff } from './review/find-issues.ts';
import { containsDiff } from './review/parse-diff.ts';
import { writeReview } from './review/write-review.ts';
import { generateJson } from './schema/generate-value.ts';
import { asSchema } from './schema/json-schema.ts';
import { readSource } from './schema/source.ts';
import { answerResults } from './tools/answer-results.ts';
import { chooseTool } from './tools/choose-tool.ts';

/** Decides what kind of answer a request wants and writes it. The same request gets the same. */
export function composeAnswer(request: MessageRequest): Answer {
  const prompt = readPrompt(request);
  const tool = chooseTool(request, prompt);
  const thinking = thinkingBlocks(request, prompt);
  if (tool !== undefined) {
    const input = generateJson(asSchema(tool.input_schema), readSource(prompt));
    const call: AnswerBlock = {
      type: 'tool_use',
      id: newId('toolu_sim_'),
      name: tool.name,
      text: JSON.stringify(input),
    };
    return completeAnswer([...thinking, call]);
  }
  return completeAnswer([...thinking, { type: 'text', text: textAnswer(request, prompt) }]);
}

function textAnswer(request: MessageRequest, prompt: Prompt): string {
  const schema = request.output_config?.format?.schema;
  if (schema !== undefined) return JSON.stringify(generateJson(schema, readSource(prompt)));
  if (prompt.toolResults.length > 0) return answerResults(prompt);
  if (containsDiff(prompt.material)) return writeReview(reviewDiff(prompt.material));
  const task = `${prompt.system}\n${prompt.instruction}`;
  const changes = changesOf(prompt.material);
  if (changes.length > 1 && /release notes?|changelog/i.test(task))
    return writeReleaseNotes(changes);
  if (
    /\bdocument(?:ation|ed|ing)?\b|\bdocs\b|\bREADME\b/i.test(task) &&
    containsSource(prompt.material)
  ) {
    return /^\W*write an outline\b/i.test(prompt.question)
      ? writeOutline(prompt.material)
      : writeDocs(prompt.material);
  }
  if (asksForLength(prompt)) return writeProse(prompt);
  return fitAnswer(answerParts(prompt), prompt.maxTokens);
}

function answerParts({ question, attached }: Prompt): string[] {
  if (attached === '') return answerAlone(question);
  return isCode(attached)
    ? answerFromSource(question, attached)
    : answerFromText(question, attached);
}

/** A short summary of the thinking, where it was asked for; omitted thinking has an empty text. */
function thinkingBlocks(request: MessageRequest, prompt: Prompt): AnswerBlock[] {
  const { thinking } = request;
  if (thinking?.type !== 'enabled' && thinking?.type !== 'adaptive') return [];
  const text = `The request is about ${findTopic(prompt.question)}. I'll take its points in order and keep to what the input says.`;
  return [{ type: 'thinking', text: thinking.display === 'omitted' ? '' : text }];
}
