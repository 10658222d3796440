import { apiKeyId, type CallEntry } from '../calls/call-entry.ts';
import { DIMENSIONS, type Dimension, type ReportQuery } from './report-query.ts';

type Group = Record<Dimension, string | null>;

/** One line of a bucket, as the real report has it: a dimension that is not grouped by is null. */
type UsageResult = Group & {
  account_id: null;
  cache_creation: { ephemeral_1h_input_tokens: number; ephemeral_5m_input_tokens: number };
  cache_read_input_tokens: number;
  context_window: null;
  inference_geo: null;
  output_tokens: number;
  server_tool_use: { web_search_requests: number };
  service_account_id: null;
  uncached_input_tokens: number;
  workspace_id: null;
};

export interface UsageBucket {
  starting_at: string;
  ending_at: string;
  results: UsageResult[];
}

/** The billed calls of a log in the buckets of a page; a call counts when it ended, and empty buckets are there too. */
export function addUpUsage(
  entries: readonly CallEntry[],
  query: ReportQuery,
): { buckets: UsageBucket[]; next: number | null } {
  const { bucketMs, from, until, limit } = query;
  const fitting = Math.max(0, Math.floor((until - from) / bucketMs));
  const count = Math.min(limit, fitting);
  const groups = Array.from({ length: count }, () => new Map<string, UsageResult>());
  for (const entry of entries) {
    const results = groups[Math.floor((Date.parse(entry.ended_at) - from) / bucketMs)];
    if (results && entry.billed && entry.usage) addCall(results, entry, query);
  }
  return {
    buckets: groups.map((results, index) => ({
      starting_at: new Date(from + index * bucketMs).toISOString(),
      ending_at: new Date(from + (index + 1) * bucketMs).toISOString(),
      results: [...results.values()],
    })),
    next: fitting > count ? from + count * bucketMs : null,
  };
}

function addCall(
  results: Map<string, UsageResult>,
  { key_hash, model, batch, usage }: CallEntry,
  { groupBy, only }: ReportQuery,
): void {
  if (!usage) return;
  const is: Group = {
    api_key_id: key_hash === null ? null : apiKeyId(key_hash),
    model,
    service_tier: batch ? 'batch' : 'standard',
  };
  if (DIMENSIONS.some((name) => only[name].length > 0 && !only[name].includes(is[name] ?? '')))
    return;
  for (const name of DIMENSIONS) if (!groupBy.has(name)) is[name] = null;
  const key = JSON.stringify(is);
  const result = results.get(key) ?? nothing(is);
  results.set(key, result);
  result.uncached_input_tokens += usage.input_tokens;
  result.cache_read_input_tokens += usage.cache_read_input_tokens;
  result.output_tokens += usage.output_tokens;
  const { ephemeral_1h_input_tokens, ephemeral_5m_input_tokens } = usage.cache_creation;
  result.cache_creation.ephemeral_1h_input_tokens += ephemeral_1h_input_tokens;
  result.cache_creation.ephemeral_5m_input_tokens += ephemeral_5m_input_tokens;
}

const nothing = (is: Group): UsageResult => ({
  ...is,
  account_id: null,
  cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
  cache_read_input_tokens: 0,
  context_window: null,
  inference_geo: null,
  output_tokens: 0,
  server_tool_use: { web_search_requests: 0 },
  service_account_id: null,
  uncached_input_tokens: 0,
  workspace_id: null,
});
