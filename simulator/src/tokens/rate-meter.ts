const WINDOW_MS = 60_000;
/** Generous limits, reported and never enforced; queue a `status` fault to be refused. */
const LIMITS = { requests: 4_000, inputTokens: 2_000_000, outputTokens: 400_000 } as const;

interface Window {
  readonly endsAt: number;
  requests: number;
  inputTokens: number;
  outputTokens: number;
}

/** Counts what each organisation used in the current minute, for the rate limit headers. */
export class RateMeter {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes one call; output tokens are those the call may still produce. */
  note(owner: string, inputTokens: number, outputTokens: number): void {
    const window = this.#windowOf(owner);
    window.requests += 1;
    window.inputTokens += inputTokens;
    window.outputTokens += outputTokens;
  }

  /** The `anthropic-ratelimit-*` headers as they stand now. */
  headers(owner: string): Record<string, string> {
    const window = this.#windowOf(owner);
    const reset = new Date(window.endsAt).toISOString();
    return {
      ...limitHeaders('requests', LIMITS.requests, window.requests, reset),
      ...limitHeaders('input-tokens', LIMITS.inputTokens, window.inputTokens, reset),
      ...limitHeaders('output-tokens', LIMITS.outputTokens, window.outputTokens, reset),
      ...limitHeaders(
        'tokens',
        LIMITS.inputTokens + LIMITS.outputTokens,
        window.inputTokens + window.outputTokens,
        reset,
      ),
    };
  }

  #windowOf(owner: string): Window {
    const known = this.#windows.get(owner);
    if (known !== undefined && known.endsAt > this.#now()) return known;
    const endsAt = this.#now() + WINDOW_MS;
    const fresh = { endsAt, requests: 0, inputTokens: 0, outputTokens: 0 };
    this.#windows.set(owner, fresh);
    return fresh;
  }
}

function limitHeaders(name: string, limit: number, used: number, reset: string) {
  return {
    [`anthropic-ratelimit-${name}-limit`]: String(limit),
    [`anthropic-ratelimit-${name}-remaining`]: String(Math.max(0, limit - used)),
    [`anthropic-ratelimit-${name}-reset`]: reset,
  };
}
