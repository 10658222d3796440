import { sentencesOf } from '../text/split-text.ts';

/** What kind of thing a question wants back. */
export type Intent =
  | 'compare'
  | 'plan'
  | 'questions'
  | 'explain'
  | 'draft'
  | 'ideas'
  | 'decide'
  | 'other';

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  ['compare', /\bcompar|\bdifferences? between|\bversus\b|\bvs\.?\b|\bpros and cons\b/i],
  [
    'questions',
    /\bquestions? (?:should|to|do|can|must)\b|\bwhat should (?:i|we) ask\b|\bchecklist\b/i,
  ],
  ['ideas', /\bideas?\b|\bsuggest|\bpropos|\bbrainstorm|\bnames? for\b/i],
  ['plan', /\bplan\b|\bsteps to\b|\broadmap\b|\bstrategy\b|\bmigrat/i],
  ['draft', /^\W*(?:please )?(?:write|draft|compose|prepare|create)\b/i],
  [
    'explain',
    /\bexplain|\bdescribe|\bwhy\b|\bhow (?:do|does|did|can|could|should|would|is|are)\b|\bwhat (?:is|are)\b|\bteach\b/i,
  ],
  ['decide', /^\W*(?:is|are|was|were|does|do|did|has|have|can|could|should|will|would|may)\b/i],
];
const MAX_ASKS = 3;
const MIN_WORDS = 3;
const MAX_WORDS = 40;

export function intentOf(question: string): Intent {
  return INTENTS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'other';
}

/** The separate things a question asks for, each in its own words. */
export function asksOf(question: string): string[] {
  const asks = sentencesOf(question)
    .flatMap((sentence) =>
      sentence.split(/(?:,\s*|;\s*|\s+)and (?=(?:what|how|why|which|who|when|where|whether)\b)/i),
    )
    .map((ask) => ask.replace(/[\s,;:.?!]+$/, '').trim())
    .filter((ask) => ask.split(' ').length >= MIN_WORDS && ask.split(' ').length <= MAX_WORDS);
  return asks.slice(0, MAX_ASKS);
}

/** An ask as a heading: a question keeps its sign. */
export function headingOf(ask: string): string {
  const isQuestion = /^(?:what|how|why|which|who|when|where|whether|is|are|do|does|can|should)\b/i;
  const text = ask.charAt(0).toUpperCase() + ask.slice(1);
  return isQuestion.test(ask) ? `${text}?` : text;
}
