import type { Block, MessageRequest } from '../contract/message-request.ts';

/**
 * The simulator's tokenizer is a ruler: 3.6 characters a token, close to English prose and code.
 * It is deterministic, needs no vocabulary, and makes "the first n tokens" a plain slice.
 */
const CHARACTERS_PER_TOKEN = 3.6;
/** Role markers and separators around each turn. */
const TOKENS_PER_MESSAGE = 4;
/** The hidden preamble that explains tools to the model. */
const TOOL_PREAMBLE_TOKENS = 290;
/** A full-size image, as the API prices it. */
const IMAGE_TOKENS = 1_500;
/** Base64 characters of a PDF per token: text and a rendered page, roughly. */
const PDF_CHARACTERS_PER_TOKEN = 24;

/** Tokens in a text; zero only for the empty text. */
export function countTextTokens(text: string): number {
  return tokensOfLength(text.length);
}

/** Tokens in a text of this many UTF-16 units. */
export function tokensOfLength(length: number): number {
  return Math.ceil(length / CHARACTERS_PER_TOKEN);
}

/** The longest prefix that counts as at most `tokens`, never splitting a surrogate pair. */
export function takeTokens(text: string, tokens: number): string {
  const end = Math.floor(tokens * CHARACTERS_PER_TOKEN);
  if (end >= text.length) return text;
  const code = text.charCodeAt(end - 1);
  const splitsPair = code >= 0xd800 && code <= 0xdbff;
  return text.slice(0, Math.max(0, splitsPair ? end - 1 : end));
}

/** Tokens of one content block. */
export function countBlockTokens(block: Block): number {
  switch (block.type) {
    case 'text':
      return countTextTokens(block.text);
    case 'image':
      return IMAGE_TOKENS;
    case 'document':
      if (block.source.type === 'base64') {
        return Math.ceil(block.source.data.length / PDF_CHARACTERS_PER_TOKEN);
      }
      return countTextTokens(JSON.stringify(block.source));
    case 'thinking':
    case 'redacted_thinking':
      return 0;
    default:
      return countTextTokens(JSON.stringify(block));
  }
}

/** Input tokens of a request without regard to caching. */
export function countInputTokens(request: Omit<MessageRequest, 'max_tokens'>): number {
  return promptSegments(request).reduce((sum, segment) => sum + segment.tokens, 0);
}

/** A piece of the prompt in the order in which the provider reads (and caches) it. */
export interface PromptSegment {
  readonly content: string;
  readonly tokens: number;
  readonly ttl: '5m' | '1h' | undefined;
}

/** Tools, then system, then messages; each with the cache mark that ends on it, if any. */
export function promptSegments(request: Omit<MessageRequest, 'max_tokens'>): PromptSegment[] {
  const segments: PromptSegment[] = [];
  (request.tools ?? []).forEach((tool, index) => {
    const content = JSON.stringify({ ...tool, cache_control: undefined });
    const preamble = index === 0 ? TOOL_PREAMBLE_TOKENS : 0;
    segments.push({
      content,
      tokens: countTextTokens(content) + preamble,
      ttl: ttlOf(tool.cache_control),
    });
  });
  for (const block of blocksOf(request.system ?? [])) {
    segments.push(segmentOf('system', block, 0));
  }
  for (const message of request.messages) {
    blocksOf(message.content).forEach((block, index) => {
      segments.push(segmentOf(message.role, block, index === 0 ? TOKENS_PER_MESSAGE : 0));
    });
  }
  const last = segments.at(-1);
  if (last !== undefined && last.ttl === undefined && request.cache_control) {
    segments[segments.length - 1] = { ...last, ttl: ttlOf(request.cache_control) };
  }
  return segments;
}

/** A message's content as blocks: a bare string is one text block. */
export function blocksOf(content: string | readonly Block[]): readonly Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function segmentOf(role: string, block: Block, overhead: number): PromptSegment {
  const marked = 'cache_control' in block ? (block.cache_control as CacheMark) : undefined;
  return {
    content: `${role}\n${JSON.stringify({ ...block, cache_control: undefined })}`,
    tokens: countBlockTokens(block) + overhead,
    ttl: ttlOf(marked),
  };
}

type CacheMark = { ttl?: '5m' | '1h' | undefined } | null | undefined;

function ttlOf(mark: CacheMark) {
  return mark ? (mark.ttl ?? '5m') : undefined;
}
