const CHARACTERS_PER_TOKEN = 3.6;
/** Headroom, so that an answer ends by itself rather than by the limit. */
const USABLE_SHARE = 0.85;

/** Joins as many parts as fit the limit, always at least the first. */
export function fitAnswer(parts: readonly string[], maxTokens: number): string {
  const limit = maxTokens * CHARACTERS_PER_TOKEN * USABLE_SHARE;
  let answer = '';
  for (const part of parts) {
    if (part === '') continue;
    const longer = answer === '' ? part : `${answer}\n\n${part}`;
    if (answer !== '' && longer.length > limit) break;
    answer = longer;
  }
  return answer;
}
