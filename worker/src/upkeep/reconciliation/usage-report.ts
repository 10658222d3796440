import { z } from 'zod';
import { add, noTokens, type TokenCounts } from './token-counts.ts';

export type UsageReportOptions = {
  baseUrl: string;
  /** An Admin key (`sk-ant-admin…`) of the organisation at the provider that the platform's key belongs to. */
  adminKey: string;
  /** The platform's key, to find the id under which the report names it. */
  apiKey: string;
};

const timeoutMilliseconds = 20_000;
/** A day of minutes: the most a page of the report has. */
const minutesOfPage = 1_440;
const mostPages = 3;
const mostKeyPages = 20;

const count = z.int().min(0);
const reportPage = z.object({
  data: z.array(
    z.object({
      results: z.array(
        z.object({
          model: z.string().nullable(),
          service_tier: z.string().nullish(),
          uncached_input_tokens: count,
          cache_read_input_tokens: count,
          output_tokens: count,
          cache_creation: z.object({
            ephemeral_5m_input_tokens: count,
            ephemeral_1h_input_tokens: count,
          }),
        }),
      ),
    }),
  ),
  has_more: z.boolean(),
  next_page: z.string().nullish(),
});
const keyPage = z.object({
  data: z.array(z.object({ id: z.string(), partial_key_hint: z.string().nullable() })),
  has_more: z.boolean(),
  last_id: z.string().nullish(),
});

/**
 * What the provider counted for the platform's key, from its Admin API. It has a call when that has ended, some minutes
 * late. Rejects when the provider refuses, and when no key, or more than one, looks like ours.
 */
export class UsageReport {
  readonly #options: UsageReportOptions;
  #source: { keyId: string; isSimulated: boolean } | undefined;

  constructor(options: UsageReportOptions) {
    this.#options = options;
  }

  /** Whether the simulator answers, whose report is never late. */
  async isSimulated(): Promise<boolean> {
    return (await this.#findSource()).isSimulated;
  }

  /** Tokens of a model's calls that ended in these whole minutes; those of message batches apart, which are not here. */
  async read(model: string, from: Date, until: Date): Promise<TokenCounts> {
    const { keyId } = await this.#findSource();
    const query = new URLSearchParams({
      starting_at: from.toISOString(),
      ending_at: until.toISOString(),
      bucket_width: '1m',
      limit: String(minutesOfPage),
      'api_key_ids[]': keyId,
    });
    for (const dimension of ['model', 'service_tier']) query.append('group_by[]', dimension);
    let total = noTokens;
    for (let page = 0; page < mostPages; page += 1) {
      const { body } = await this.#get('usage_report/messages', query, reportPage);
      for (const result of body.data.flatMap(({ results }) => results)) {
        if (result.service_tier === 'batch' || !isModel(result.model, model)) continue;
        total = add(total, {
          input: result.uncached_input_tokens,
          write5m: result.cache_creation.ephemeral_5m_input_tokens,
          write1h: result.cache_creation.ephemeral_1h_input_tokens,
          read: result.cache_read_input_tokens,
          output: result.output_tokens,
        });
      }
      if (!body.has_more || !body.next_page) return total;
      query.set('page', body.next_page);
    }
    throw new Error('the usage report has more pages than the window has minutes');
  }

  async #findSource(): Promise<{ keyId: string; isSimulated: boolean }> {
    if (this.#source) return this.#source;
    const found: string[] = [];
    let isSimulated = false;
    const query = new URLSearchParams({ limit: '1000' });
    for (let page = 0; page < mostKeyPages; page += 1) {
      const { body, simulated } = await this.#get('api_keys', query, keyPage);
      isSimulated = simulated;
      for (const { id, partial_key_hint: hint } of body.data)
        if (hint && fits(this.#options.apiKey, hint)) found.push(id);
      if (!body.has_more || !body.last_id) break;
      query.set('after_id', body.last_id);
    }
    const [keyId] = found;
    if (!keyId || found.length > 1)
      throw new Error(`the list of API keys has ${found.length} that look like the platform's`);
    this.#source = { keyId, isSimulated };
    return this.#source;
  }

  async #get<T>(
    path: string,
    query: URLSearchParams,
    schema: z.ZodType<T>,
  ): Promise<{ body: T; simulated: boolean }> {
    const response = await fetch(`${this.#options.baseUrl}/v1/organizations/${path}?${query}`, {
      headers: { 'x-api-key': this.#options.adminKey, 'anthropic-version': '2023-06-01' },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!response.ok) throw new Error(`the Admin API answered ${response.status} for ${path}`);
    return {
      body: schema.parse(await response.json()),
      simulated: response.headers.get('x-simulated') === 'true',
    };
  }
}

/** A hint is the beginning and the end of a key, with dots between. */
function fits(key: string, hint: string): boolean {
  const [head, tail] = hint.split('...');
  return head !== undefined && tail !== undefined && key.startsWith(head) && key.endsWith(tail);
}

/** A model may be reported by the name of the dated version that an alias stands for. */
function isModel(reported: string | null, ours: string): boolean {
  return reported === ours || (reported?.startsWith(`${ours}-20`) ?? false);
}
