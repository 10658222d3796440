import { missingWords, relevance, wantedBy } from '../text/relevance.ts';
import { sentencesOf } from '../text/split-text.ts';
import { summarize } from '../text/summarize.ts';
import { asksOf, headingOf } from './asks.ts';

const SUMMARY = /\bsummar|\boverview\b|\bkey points\b|\bin brief\b|\btl;?dr\b/i;
const MAX_SENTENCES = 2_000;
const SENTENCES_PER_ASK = 3;
const SUMMARY_SENTENCES = 6;

/** Answers a question about a text in the text's own sentences. Returns parts, the main one first. */
export function answerFromText(question: string, text: string): string[] {
  if (SUMMARY.test(question)) return summaryOf(text);
  const sentences = [...new Set(sentencesOf(text))].filter(isSentence).slice(0, MAX_SENTENCES);
  const asks = asksOf(question);
  const sections = (asks.length > 0 ? asks : [question]).map((ask) => {
    const found = bestSentences(sentences, ask);
    const heading = asks.length > 1 ? `## ${headingOf(ask)}\n\n` : '';
    if (found.length === 0) return `${heading}The text says nothing about this.`;
    const [first, ...others] = found;
    const quotes = others.map((sentence) => `> ${sentence}`).join('\n>\n');
    return `${heading}**${first}**${quotes === '' ? '' : `\n\nThe text also says:\n\n${quotes}`}`;
  });
  const missing = missingWords(question, text).slice(0, 5);
  const limits =
    missing.length === 0
      ? ''
      : `The text does not mention ${missing.map((word) => `“${word}”`).join(', ')}, so nothing here rests on it.`;
  return [...sections, limits];
}

/** Rows of tables, bare labels and the like are no answer. */
function isSentence(text: string): boolean {
  return /^["“(]?[\p{Lu}\p{N}]/u.test(text) && !text.includes('|') && text.split(' ').length >= 4;
}

function summaryOf(text: string): string[] {
  const [first = '', ...points] = summarize(text, SUMMARY_SENTENCES);
  const list = points.map((sentence) => `- ${sentence}`).join('\n');
  return [`**${first}**`, points.length === 0 ? '' : `## Key points\n\n${list}`];
}

/** The most telling first, the others in reading order. */
function bestSentences(sentences: readonly string[], ask: string): string[] {
  const wanted = wantedBy(ask);
  const best = sentences
    .map((sentence, at) => ({ sentence, at, score: relevance(sentence, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, SENTENCES_PER_ASK);
  const [first, ...others] = best;
  if (first === undefined) return [];
  return [first, ...others.toSorted((a, b) => a.at - b.at)].map(({ sentence }) => sentence);
}
