import { createHash } from 'node:crypto';
import type { Usage } from '../contract/message-reply.ts';
import type { MessageRequest } from '../contract/message-request.ts';
import { promptSegments } from './count-tokens.ts';

/** Shorter prefixes are not cached, whatever their mark says. */
const MIN_CACHEABLE_TOKENS = 1_024;
/** The API looks this many blocks back from a mark for a prefix it already has. */
const LOOKBACK_BLOCKS = 20;
const TTL_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;
const MAX_ENTRIES = 50_000;

export type InputUsage = Pick<
  Usage,
  'input_tokens' | 'cache_creation_input_tokens' | 'cache_read_input_tokens' | 'cache_creation'
>;

interface Boundary {
  readonly hash: string;
  readonly tokens: number;
  readonly ttl: '5m' | '1h' | undefined;
}

/** Remembers prompt prefixes per organisation, and splits a prompt's tokens accordingly. */
export class PromptCache {
  readonly #entries = new Map<string, { expiresAt: number; ttlMs: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Charges a prompt: reads the longest known prefix, stores the marked ones.
   * The three token fields always add up to the whole prompt.
   */
  charge(owner: string, request: MessageRequest): InputUsage {
    const boundaries = boundariesOf(owner, request);
    const total = boundaries.at(-1)?.tokens ?? 0;
    const read = this.#longestKnown(boundaries);
    const written = { '5m': 0, '1h': 0 };
    let covered = read;
    for (const boundary of boundaries) {
      if (boundary.ttl === undefined || boundary.tokens < MIN_CACHEABLE_TOKENS) continue;
      this.#store(boundary.hash, TTL_MS[boundary.ttl]);
      written[boundary.ttl] += Math.max(0, boundary.tokens - covered);
      covered = Math.max(covered, boundary.tokens);
    }
    return {
      input_tokens: total - covered,
      cache_creation_input_tokens: written['5m'] + written['1h'],
      cache_read_input_tokens: read,
      cache_creation: {
        ephemeral_5m_input_tokens: written['5m'],
        ephemeral_1h_input_tokens: written['1h'],
      },
    };
  }

  #longestKnown(boundaries: readonly Boundary[]): number {
    for (let mark = boundaries.length - 1; mark >= 0; mark -= 1) {
      if (boundaries[mark]?.ttl === undefined) continue;
      const oldest = Math.max(0, mark - LOOKBACK_BLOCKS);
      for (let at = mark; at >= oldest; at -= 1) {
        const boundary = boundaries[at];
        if (boundary !== undefined && this.#touch(boundary.hash)) return boundary.tokens;
      }
    }
    return 0;
  }

  /** A read renews the entry for its own lifetime. */
  #touch(hash: string): boolean {
    const entry = this.#entries.get(hash);
    if (entry === undefined || entry.expiresAt <= this.#now()) return false;
    entry.expiresAt = this.#now() + entry.ttlMs;
    return true;
  }

  #store(hash: string, ttlMs: number): void {
    const expiresAt = this.#now() + ttlMs;
    this.#entries.delete(hash);
    this.#entries.set(hash, { expiresAt, ttlMs });
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
  }
}

/** The running hash and token count at the end of each block: model and owner come first. */
function boundariesOf(owner: string, request: MessageRequest): Boundary[] {
  let hash = createHash('sha256').update(`${owner}\n${request.model}`).digest('hex');
  let tokens = 0;
  return promptSegments(request).map((segment) => {
    hash = createHash('sha256').update(hash).update(segment.content).digest('hex');
    tokens += segment.tokens;
    return { hash, tokens, ttl: segment.ttl };
  });
}
