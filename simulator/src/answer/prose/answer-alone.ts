import { capitalize, sentencesOf } from '../text/split-text.ts';
import { asksOf, headingOf, intentOf } from './asks.ts';
import { FRAMES } from './frames.ts';

const LEAD_IN =
  /^(?:please|(?:could|can|would) you(?: please)?|(?:i|we) (?:want|need|would like)(?: you)? to|help (?:me|us)(?: to)?)\s+/i;
const VERB =
  /^(?:write|draft|compose|prepare|create|explain|describe|discuss|plan|compare|outline|give|tell|show|teach|list)\s+(?:(?:me|us|to [^,.]{3,30}?(?=\s(?:how|what|why|when)\b))\s+)?/i;
const ADDED = /\b(?:that|which)\s+(?:adds?|brings?|introduces?|contains?)\s+(.+?)[.?!]*$/i;
const MAX_SUBJECT_CHARACTERS = 160;
const CLOSING =
  '*A simulated answer: no model has read this question, so it holds no facts about it. Attach the text or the code it should rest on, and the simulator quotes it; set an API key, and Claude answers.*';

/**
 * Answers a question that came without material. The simulator knows nothing but its words, so it names them, lays out
 * the shape of an answer and says what is missing, rather than making something up.
 */
export function answerAlone(question: string): string[] {
  const subject = subjectOf(question);
  const items = itemsOf(question);
  if (items.length > 1 && /\brelease notes\b|\bchangelog\b/i.test(question))
    return releaseNotes(items);
  const intent = intentOf(question);
  const frame = FRAMES[intent];
  const pair = intent === 'compare' ? pairOf(question) : undefined;
  const asks = asksOf(question);
  const parts = asks.length > 1 ? asks.map((ask) => `- ${headingOf(ask)}`).join('\n') : '';
  return [
    pair === undefined ? frame.lead(subject) : 'Two things are to be compared:',
    parts === ''
      ? ''
      : `The question has ${asks.length} parts, to be answered one by one:\n\n${parts}`,
    pair === undefined ? '' : comparison(pair),
    `## ${frame.heading}\n\n${frame.points.map((point, at) => `${at + 1}. ${point}`).join('\n')}`,
    CLOSING,
  ];
}

/** What a question is about, in its own words, so that it can stand behind a colon. */
function subjectOf(question: string): string {
  const first = sentencesOf(question)[0] ?? question.trim();
  const subject = first
    .replace(LEAD_IN, '')
    .replace(VERB, '')
    .replace(/[\s.?!:]+$/, '');
  return subject.length > MAX_SUBJECT_CHARACTERS
    ? `${subject.slice(0, MAX_SUBJECT_CHARACTERS).replace(/\s\S*$/, '')} …`
    : subject;
}

/** What a sentence such as “a version that adds a, b, and c” counts up. */
function itemsOf(question: string): string[] {
  const list = ADDED.exec(sentencesOf(question)[0] ?? '')?.[1] ?? '';
  return list
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function releaseNotes(items: readonly string[]): string[] {
  return [
    `# Release notes\n\nThis version brings ${items.length} changes. The most visible: ${items[0]}.`,
    `## New\n\n${items.map((item) => `- **${capitalize(item)}.**`).join('\n')}`,
    'Still to be filled in by somebody who knows the release: its number and date, what each change means for the person who uses it, and whether anything must be done before upgrading.',
  ];
}

function pairOf(question: string): [string, string, string] | undefined {
  const [, a = '', b = '', rest = ''] =
    /\b(?:compare|between)\s+(.+?)\s+(?:with|and|to|versus|vs\.?)\s+(.+?)(?:\s+((?:for|in|when|on|under)\s.+?))?[.?!]*$/i.exec(
      sentencesOf(question)[0] ?? '',
    ) ?? [];
  return a === '' || b === '' ? undefined : [a, b, rest];
}

function comparison([a, b, rest]: [string, string, string]): string {
  const setting = rest === '' ? 'the same real case' : `the case you name: ${rest}`;
  return `- **One side:** ${a}\n- **The other:** ${b}\n- **Judge both by** ${setting}`;
}
