/** Sentences with slots: {t} the topic, {p} the phrase at hand, {q} another one. */
export const OPENINGS: readonly string[] = [
  'This answer looks at {t} from the side of somebody who has to act on it, and it keeps to what your prompt says.',
  'Your question about {t} has two halves: what should be true at the end, and what to do first.',
  'The useful way into {t} is to separate what is fixed from what you can still choose.',
  'Most of the difficulty with {t} lies in a few decisions, and {p} is the first of them.',
];

export const REASONS: readonly string[] = [
  '{P} matters here because everything after it depends on how it is settled.',
  'Treat {p} as a decision with an owner and a date rather than as a detail.',
  'If {p} is left vague, {q} inherits the vagueness and costs more to correct later.',
  'A good test is whether a new colleague could explain {p} after reading one page.',
  'What people expect from {p} is usually narrower than what is built, so ask before adding.',
  'The link between {p} and {q} is easy to overlook, and it is where most surprises start.',
  'Start with the smallest version of {p} that answers the question, then widen it on evidence.',
];

export const METHODS: readonly string[] = [
  'Write down the current state of {p} in one sentence before you change anything.',
  'Choose one number that shows whether {p} improved, and record it today.',
  'Work through {p} with a real case from last week instead of an invented one.',
  'Make the first change to {p} reversible, so that being wrong stays cheap.',
  'Give {q} a separate step; mixing it with {p} hides which of the two helped.',
  'Let the person who uses {p} every day review the result before anybody else does.',
  'Keep a short log of what you tried with {p}, because memory prefers the tidy version.',
];

export const PITFALLS: readonly string[] = [
  'The common mistake is to polish {p} while {q} is still undecided.',
  'Averages hide the cases in which {p} goes badly, so look at the slowest and the oldest ones.',
  'Copying an approach to {p} from elsewhere brings its assumptions along, and they rarely fit.',
  'A plan that needs everybody to remember {p} will fail on a busy day; make it the default.',
  'Be careful with deadlines that nobody chose: they push {p} aside without a decision.',
  'When {p} and {q} disagree, say so openly; a silent compromise pleases neither.',
];

export const CHECKS: readonly string[] = [
  'Can you say in one sentence what {p} should achieve?',
  'Is there one place where the state of {p} can be seen?',
  'Do you know who notices first when {p} stops working?',
  'Has {q} been tried with real material, not only with examples?',
  'Is the next review of {p} in the calendar?',
  'Would you decide the same way about {p} if the cost doubled?',
];

export const CLOSINGS: readonly string[] = [
  'If only one thing happens this week, let it be a first small step on {p}.',
  'The rest of {t} becomes easier once {p} is settled, so that is where to begin.',
  'Come back to {t} when the first result is in; the second round is always better informed.',
];

export const ACTIONS: readonly string[] = [
  'Agree on what a good outcome for {p} looks like, and who decides.',
  'Collect two or three real examples of {p} and mark what is missing.',
  'Try the smallest change that touches both {p} and {q}.',
  'Compare the result with the number you recorded at the start.',
  'Keep what worked, undo what did not, and write both down.',
];
