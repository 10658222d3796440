import 'server-only';
import type { TaskTimeline } from '@devsphere/shared/queries/get-task-timeline.ts';
import { listApiKeyNames } from '@devsphere/shared/queries/list-api-key-names.ts';
import { listPeople } from '@devsphere/shared/queries/list-people.ts';
import type { Timeline } from '../task-timeline.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

/** Who answered, in words; nothing of people who left and of keys whose names the reader may not know. */
export async function nameAnswerers(
  person: OrganizationScope['person'],
  orgId: string,
  answers: TaskTimeline['answers'],
): Promise<Timeline['answerers']> {
  const ids = (of: 'by' | 'byKey') => [
    ...new Set(answers.map((answer) => answer[of]).filter((id) => id !== null)),
  ];
  const [people, keys] = await Promise.all([
    listPeople(database(), person, ids('by')),
    listApiKeyNames(database(), person, orgId, ids('byKey')),
  ]);
  const names = new Map(people.map(({ userId, displayName }) => [userId, displayName]));
  return Object.fromEntries(
    answers.flatMap(({ approval, by, byKey }) => {
      const key = byKey && keys.get(byKey);
      const name = by ? names.get(by) : key && `${key} (API key)`;
      return name ? [[approval, name]] : [];
    }),
  );
}
