import type { Block, MessageRequest, Tool, ToolResultBlock } from '../contract/message-request.ts';
import { blocksOf } from '../tokens/count-tokens.ts';
import { splitQuestion } from './split-question.ts';

/** More text than this is skimmed: composing must not hold up the event loop. */
const MAX_ANALYSED_CHARACTERS = 200_000;

/** A request as a reader sees it: who asks what, about which material. */
export interface Prompt {
  readonly system: string;
  /** The text of the last user turn. */
  readonly instruction: string;
  /** What that turn asks, without what it attaches. */
  readonly question: string;
  /** What the question is asked about; empty when nothing is attached. */
  readonly attached: string;
  /** Everything users said and attached, last turn included. */
  readonly material: string;
  readonly toolResults: readonly {
    readonly name: string;
    readonly text: string;
    readonly isError: boolean;
  }[];
  readonly tools: readonly Tool[];
  readonly maxTokens: number;
  /** Seeds every choice, so that the same request gets the same answer. */
  readonly seed: string;
}

/** Reads a validated request. */
export function readPrompt(request: MessageRequest): Prompt {
  const users = request.messages.filter((message) => message.role === 'user');
  const last = users.at(-1);
  const material = users.map((message) => textOf(message.content)).join('\n\n');
  const names = toolNames(request);
  const toolResults = blocksOf(last?.content ?? []).flatMap((block) =>
    block.type === 'tool_result'
      ? [
          {
            name: names.get(block.tool_use_id) ?? 'tool',
            text: clip(resultText(block)),
            isError: block.is_error ?? false,
          },
        ]
      : [],
  );
  const withWords = users.findLast((message) => textOf(message.content).trim() !== '');
  const { question, attached } = splitQuestion(
    blocksOf(withWords?.content ?? []).flatMap(blockText),
  );
  return {
    system: clip(textOf(request.system ?? '')),
    instruction: clip(textOf(withWords?.content ?? '')),
    question: clip(question),
    attached: clip(attached),
    material: clip(material),
    toolResults,
    tools: request.tools ?? [],
    maxTokens: request.max_tokens,
    seed: JSON.stringify([request.model, request.messages, request.output_config ?? null]),
  };
}

function textOf(content: string | readonly Block[]): string {
  return blocksOf(content).flatMap(blockText).join('\n\n');
}

function blockText(block: Block): string[] {
  if (block.type === 'text') return [block.text];
  if (block.type !== 'document') return [];
  const title = block.title ? [`# ${block.title}`] : [];
  if (block.source.type === 'text') return [...title, block.source.data];
  if (block.source.type === 'content' && typeof block.source.content === 'string') {
    return [...title, block.source.content];
  }
  return title;
}

/** A tool result's text, however it was packed. */
function resultText(block: ToolResultBlock): string {
  if (typeof block.content === 'string') return block.content;
  return (block.content ?? [])
    .map((part) => (typeof part.text === 'string' ? part.text : ''))
    .filter((text) => text !== '')
    .join('\n');
}

function toolNames(request: MessageRequest): Map<string, string> {
  const uses = request.messages.flatMap((message) => blocksOf(message.content));
  return new Map(
    uses.flatMap((block) => (block.type === 'tool_use' ? [[block.id, block.name]] : [])),
  );
}

/**
 * Bounds a text before it is searched. Endless runs of one kind of character are no language, and
 * some patterns take quadratic time on them.
 */
function clip(text: string): string {
  const half = MAX_ANALYSED_CHARACTERS / 2;
  const short =
    text.length <= MAX_ANALYSED_CHARACTERS ? text : `${text.slice(0, half)}\n${text.slice(-half)}`;
  return short
    .replace(/(\S{400})\S+/g, '$1')
    .replace(/([^\S\n]{60})[^\S\n]+/g, '$1')
    .replace(/\n{6,}/g, '\n\n\n\n\n');
}
