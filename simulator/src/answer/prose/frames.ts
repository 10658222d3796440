import type { Intent } from './asks.ts';

/** The shape of an answer: advice that holds whatever the subject is. The subject stands only where any words fit. */
export interface Frame {
  readonly lead: (subject: string) => string;
  readonly heading: string;
  readonly points: readonly string[];
}

export const FRAMES: Readonly<Record<Intent, Frame>> = {
  compare: {
    lead: (subject) => `A comparison was asked for: **${subject}**.`,
    heading: 'How to decide between them',
    points: [
      'Write down the case that matters most, with real numbers: how much, how often, how fast.',
      'Describe what each side does in that case, step by step, and what the reader or user sees.',
      'Look for the case in which each one gives a wrong result, not only a slow one. Wrong outweighs slow.',
      'Compare what it costs to leave each of them later. The one that is easier to leave wins a draw.',
      'Try both on a copy of real data before deciding. An hour of measuring ends most debates.',
    ],
  },
  plan: {
    lead: (subject) => `A plan was asked for: **${subject}**.`,
    heading: 'The plan',
    points: [
      '**Goal.** One sentence that says what is true afterwards and is not true today, and who confirms it.',
      '**Inventory.** Everything that depends on what changes, with an owner for each.',
      '**Rehearsal.** The whole thing on a copy, timed. What surprises there is cheap.',
      '**Point of no return.** Name it. Before it, going back is a command; after it, only forward.',
      '**The day.** A list of steps with who does what, and the check after each step that allows the next.',
      '**Afterwards.** Watch the two or three numbers that would show a mistake, for as long as mistakes can hide.',
    ],
  },
  questions: {
    lead: (subject) =>
      `The request: **${subject}**. These questions fit whatever the details turn out to be.`,
    heading: 'Questions to ask',
    points: [
      '**Who** can see it or change it, on their side and on ours, and who approves that?',
      '**What** exactly is kept, and what of it is not needed at all?',
      '**Where** is it kept, and can that change without our being told?',
      '**How long** is it kept, and how can we see that it was deleted?',
      '**What happens** when it is lost, leaked or late: who tells us, how soon, and who pays?',
      '**What proves it**: an audit, a certificate, a test we may run ourselves?',
      '**How do we leave**, with what in our hands, and how long does it take?',
    ],
  },
  explain: {
    lead: (subject) => `An explanation was asked for: **${subject}**.`,
    heading: 'How to explain it well',
    points: [
      'Begin with what it is for, in one sentence that a newcomer could repeat.',
      'Follow one real example from its start to its end, and name each part when the example reaches it.',
      'At each step say what would happen without it. Reasons stay in memory longer than parts.',
      'Then show the case that goes wrong: what one sees, and what brings it back.',
      'End with where it stops being the right tool, so that nobody carries it too far.',
    ],
  },
  draft: {
    lead: (subject) => `A draft was asked for: **${subject}**.`,
    heading: 'The draft, part by part',
    points: [
      '**First line:** what has happened or what is offered, in plain words, without a preamble.',
      '**What it means for the reader:** one or two sentences, from their side.',
      '**What happens next:** who does what, and by when. A date is better than “soon”.',
      '**What the reader should do:** one thing, or clearly nothing.',
      '**Last line:** a name and a way to reach that person.',
    ],
  },
  ideas: {
    lead: (subject) => `Ideas were asked for: **${subject}**.`,
    heading: 'How to find good ones',
    points: [
      'Say what a good one must do, and the one thing it must not cost. That removes half of any list.',
      'Begin with what worked last time, and change one part of it.',
      'Ask two people who would live with the result, apart from each other.',
      'Take the best three and describe each in a sentence, with its first step and its price.',
      'Choose the one whose first step can be taken this week.',
    ],
  },
  decide: {
    lead: (subject) =>
      `**${subject}?** That is a matter of fact, and the question does not contain the fact: nothing here can say yes or no.`,
    heading: 'How to find out',
    points: [
      'Find the one place that decides it: a record, a log line, or the person responsible.',
      'Read it there yourself, with the time at which it was true. What somebody remembers is not it.',
      'If two places disagree, say so before acting on either.',
    ],
  },
  other: {
    lead: (subject) =>
      subject === '' ? 'There is nothing to answer yet.' : `You wrote: **${subject}**.`,
    heading: 'To get a useful answer',
    points: [
      'Say what you want back: an explanation, a plan, a comparison, a draft.',
      'Say who will read it and what they know already.',
      'Attach the text or the code that the answer should rest on.',
    ],
  },
};
