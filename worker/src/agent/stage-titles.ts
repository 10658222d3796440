const titles: Record<string, string> = {
  brief: 'Understand the search',
  outline: 'Outline',
  meta: 'Title, description and slug',
  analysis: 'Check the draft',
  rewrite: 'Improve what fails',
  reanalysis: 'Check again',
};

/** Stages that ask no model: they cost nothing and leave no call behind. */
const deterministic = ['analysis', 'reanalysis'];

export function titleOfStage(stage: string): string {
  const section = /^section\.(\d+)$/.exec(stage)?.[1];
  if (section)
    return section === '1' ? 'Write the introduction' : `Write section ${Number(section) - 1}`;
  return titles[stage] ?? stage;
}

export function asksModel(stage: string): boolean {
  return !deterministic.includes(stage);
}
