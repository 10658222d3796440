import { roleMay } from '../../access/permissions.ts';
import { AppError } from '../../errors.ts';
import type { TestPerson } from '../people.ts';
import type { TestDatabase } from '../test-database.ts';
import type { Call } from './asked.ts';
import { commands } from './commands.ts';
import { commandsById } from './commands-by-id.ts';
import { lookAtBoth } from './copy.ts';
import { queries } from './queries.ts';
import { makeWorld, outgoing, type Targets, type World } from './world.ts';

type Outcome = { answer: unknown } | { refused: string; says: string };

/**
 * Asks everything of an organisation as somebody who belongs to another one too, where row-level security would let both
 * through: they must get what somebody gets who is only in the one, and change nothing of the other. Returns what was
 * otherwise, none when all is well.
 */
export async function tryTwins(test: TestDatabase): Promise<{ calls: number; failures: string[] }> {
  const world = await makeWorld(test);
  const failures: string[] = [];
  const { owner, soleOwner, viewer, soleViewer, twinOnly, nobody } = world.people;
  const all = { ...queries, ...commands, ...commandsById };
  const refusals = { ...guarded(queries), ...commands, ...commandsById };
  const alike = async (
    calls: Record<string, Call>,
    both: TestPerson,
    alone: TestPerson,
    ids: Targets,
  ) => {
    for (const [name, call] of Object.entries(calls)) {
      const expected = await outcomeOf(world, call, alone, ids);
      const got = await outcomeOf(world, call, both, ids);
      if (JSON.stringify(got) !== JSON.stringify(expected))
        failures.push(`${name}: answers ${short(got)} instead of ${short(expected)}`);
      if (refusalOf(got) === 'broken') failures.push(`${name}: breaks: ${short(got)}`);
      if (alone === soleViewer && !refusesViewers(call, got))
        failures.push(`${name}: does not refuse a viewer`);
    }
  };
  await nothingHappened(world, 'making them', failures);
  await alike(queries, owner, soleOwner, world.ids);
  await alike(queries, owner, soleOwner, world.idsThere);
  await alike(queries, viewer, soleViewer, world.ids);
  await alike(refusals, viewer, soleViewer, world.ids);
  await alike(all, twinOnly, nobody, world.ids);
  await alike(commandsById, owner, soleOwner, world.idsThere);
  await nothingHappened(world, 'what had to be refused', failures);
  for (const [name, call] of Object.entries({ ...commands, ...commandsById })) {
    const outcome = await outcomeOf(world, call, owner, world.ids);
    const code = refusalOf(outcome);
    if (code !== call.refusedWith) failures.push(`${name}: answers ${short(outcome)}`);
    const text = JSON.stringify(outcome);
    if (text.includes(world.marks.twin) || text.includes(world.twinId))
      failures.push(`${name}: tells of the other organisation`);
    await nothingHappened(world, name, failures);
  }
  return { calls: Object.keys(all).length, failures };
}

const guarded = (calls: Record<string, Call>) =>
  Object.fromEntries(Object.entries(calls).filter(([, { needs }]) => needs));

const refusalOf = (outcome: Outcome) => ('refused' in outcome ? outcome.refused : undefined);
function refusesViewers({ needs, hidden }: Call, outcome: Outcome): boolean {
  if (needs === undefined || roleMay('viewer', needs)) return true;
  if (hidden) return refusalOf(outcome) === 'not_found';
  return refusalOf(outcome) === 'forbidden' && short(outcome).includes('Your role here is viewer');
}

const short = (outcome: Outcome) => JSON.stringify(outcome).slice(0, 300);

async function outcomeOf(
  world: World,
  { ask }: Call,
  person: TestPerson,
  ids: Targets,
): Promise<Outcome> {
  const c = outgoing(world.test, person);
  try {
    const answer = await ask({ c, db: c.database, me: c.actor, org: world.orgId, ids, world });
    return { answer: answer instanceof Map ? [...answer].sort() : (answer ?? null) };
  } catch (error) {
    if (error instanceof AppError) return { refused: error.code, says: error.message };
    return { refused: 'broken', says: String(error) };
  }
}

const seen = new WeakMap<World, Map<string, string>>();

/** The other organisation is as it was, and nothing of it is in the first. */
async function nothingHappened(world: World, after: string, failures: string[]): Promise<void> {
  const { digests, mixed } = await lookAtBoth(world.test.admin, world);
  const before = seen.get(world);
  seen.set(world, digests);
  for (const [table, digest] of digests)
    if (before && before.get(table) !== digest)
      failures.push(`${after}: changed ${table} of the other organisation`);
  if (mixed.length > 0)
    failures.push(`${after}: what is the other organisation's is in ${mixed.join(', ')}`);
}
