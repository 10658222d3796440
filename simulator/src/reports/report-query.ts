import { invalidField } from '../http/api-error.ts';

const MINUTE_MS = 60_000;

/** How wide a bucket is, and how many a page has. */
const WIDTHS = {
  '1m': { ms: MINUTE_MS, limit: 60, maximum: 1_440 },
  '1h': { ms: 60 * MINUTE_MS, limit: 24, maximum: 168 },
  '1d': { ms: 24 * 60 * MINUTE_MS, limit: 7, maximum: 31 },
} as const;

export const DIMENSIONS = ['api_key_id', 'model', 'service_tier'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** Dimensions of the real report that have one value here: grouping by them changes nothing. */
const CONSTANT_DIMENSIONS = [
  'account_id',
  'context_window',
  'inference_geo',
  'service_account_id',
  'workspace_id',
];

export interface ReportQuery {
  readonly bucketMs: number;
  /** Start of the first bucket of the page, and where buckets end. */
  readonly from: number;
  readonly until: number;
  readonly limit: number;
  readonly groupBy: ReadonlySet<Dimension>;
  /** What a call must be one of; everything where nothing is named. */
  readonly only: Readonly<Record<Dimension, readonly string[]>>;
}

/** What a usage report is asked for. Throws the API's 400 for what the real one would refuse. */
export function parseReportQuery(query: URLSearchParams, now: Date): ReportQuery {
  const width = query.get('bucket_width') ?? '1d';
  if (!Object.hasOwn(WIDTHS, width))
    throw invalidField('bucket_width', "Input should be '1d', '1m' or '1h'");
  const { ms, limit, maximum } = WIDTHS[width as keyof typeof WIDTHS];
  const startingAt = query.get('starting_at');
  if (startingAt === null) throw invalidField('starting_at', 'Field required');
  const page = query.get('page');
  return {
    bucketMs: ms,
    from: page === null ? floor(timeOf('starting_at', startingAt), ms) : startOfPage(page, ms),
    until: timeOf('ending_at', query.get('ending_at') ?? now.toISOString()),
    limit: limitOf(query.get('limit'), limit, maximum),
    groupBy: groupsOf(query.getAll('group_by[]')),
    only: {
      api_key_id: query.getAll('api_key_ids[]'),
      model: query.getAll('models[]'),
      service_tier: query.getAll('service_tiers[]'),
    },
  };
}

/** The token of the page that begins with this bucket. */
export const pageToken = (from: number) =>
  `page_${Buffer.from(new Date(from).toISOString()).toString('base64')}`;

const floor = (ms: number, width: number) => Math.floor(ms / width) * width;

function startOfPage(page: string, width: number): number {
  const text = Buffer.from(page.replace(/^page_/, ''), 'base64').toString();
  return floor(timeOf('page', text), width);
}

function timeOf(field: string, value: string): number {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw invalidField(field, 'Input should be a valid datetime');
  return ms;
}

function limitOf(value: string | null, usual: number, maximum: number): number {
  if (value === null) return usual;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > maximum)
    throw invalidField('limit', `Input should be between 1 and ${maximum}`);
  return limit;
}

function groupsOf(names: string[]): ReadonlySet<Dimension> {
  for (const name of names) {
    if (![...DIMENSIONS, ...CONSTANT_DIMENSIONS].includes(name))
      throw invalidField('group_by', `'${name}' is not a dimension`);
  }
  return new Set(DIMENSIONS.filter((dimension) => names.includes(dimension)));
}
