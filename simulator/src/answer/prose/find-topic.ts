import { keyPhrasesOf } from '../text/key-phrases.ts';
import { sentencesOf } from '../text/split-text.ts';

const LEAD_IN =
  /^(?:please|could you|can you|would you|i (?:want|need|would like)(?: you)? to|help me(?: to)?|let's|now)\s+/i;
const VERB =
  /^(?:write|draft|create|compose|prepare|produce|generate|explain|describe|summari[sz]e|outline|discuss|compare|list|give|tell|show|teach|plan|propose|suggest|review|analy[sz]e|translate|design|what (?:is|are)|how (?:do|does|can|should) (?:i|we|you|one)?|why (?:is|are|do|does|should))\s+/i;
const FORM =
  /^(?:me |us )?(?:(?:a|an|the|some|our|my)\s+)?(?:(?:short|long|detailed|brief|concise|friendly|comprehensive|complete|\d+[- ]word)\s+)*(?:article|blog post|post|essay|guide|introduction|overview|summary|report|plan|email|memo|tutorial|comparison|list|paragraph|text|brief|explanation)s?\s+(?:about|on|of|for|to|regarding|describing|that explains|explaining)\s+/i;
const MAX_WORDS = 9;
const MAX_WORD_LENGTH = 40;

/**
 * What a prompt is about, in a few of its own words: a named keyphrase or topic if there is one,
 * otherwise the object of its first sentence.
 */
export function findTopic(instruction: string): string {
  const named =
    /^\W*(?:focus )?(?:key ?phrase|keyword|topic|subject|title)\W*[:=]\s*["“]?([^\n"”]{3,90})/im.exec(
      instruction,
    );
  if (named?.[1] !== undefined) return named[1].trim().replace(/[.,;]+$/, '');
  const first = sentencesOf(instruction)[0] ?? '';
  const object = first
    .replace(LEAD_IN, '')
    .replace(VERB, '')
    .replace(FORM, '')
    .replace(/^(?:about|on|the|this|a|an|me|us)\s+/i, '')
    .split(
      /[,;:?!]|\.\s|\.$|\s(?:so that|in order to|because|for people|for someone|in about|using|to (?:an?|my|our|the|new|someone))\s/,
    )[0];
  const words = (object ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word.length <= MAX_WORD_LENGTH)
    .slice(0, MAX_WORDS)
    .join(' ');
  return words.length >= 3 ? words : (keyPhrasesOf(instruction, 1)[0] ?? 'your request');
}
