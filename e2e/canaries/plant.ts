import type pg from 'pg';

/** What is remembered for ever of rows that may be deleted: where from, where, and which columns. */
const remembered = [
  { from: 'organizations', to: 'organizations (org_id)', columns: ['org_id'] },
  { from: 'memberships', to: 'members (org_id, user_id)', columns: ['org_id', 'user_id'] },
  { from: 'api_keys', to: 'keys (org_id, hash)', columns: ['org_id', 'secret_hash'] },
];

/**
 * From here on every organisation has a canary, 128 random bits, that each of its tasks carries in its title and in what it
 * asks a model; and who ever belonged to which organisation, and which keys were its, is remembered.
 */
export async function plantCanaries(admin: pg.Pool): Promise<void> {
  await admin.query(`
    create schema canary;
    create table canary.organizations (org_id uuid primary key, mark text not null default 'canary-' || replace(gen_random_uuid()::text, '-', ''));
    create table canary.members (org_id uuid, user_id uuid, primary key (org_id, user_id));
    create table canary.keys (org_id uuid, hash text primary key);

    create function canary.mark_task() returns trigger language plpgsql security definer set search_path = '' as $$
    declare
      mine text;
    begin
      select o.mark into mine from canary.organizations o where o.org_id = new.org_id;
      new.title := left(new.title, 150) || ' ' || mine;
      if new.kind = 'assistant.prompt' and new.input ? 'prompt' then
        new.input := jsonb_set(new.input, '{prompt}', to_jsonb(left(new.input ->> 'prompt', 50000) || ' ' || mine));
      end if;
      return new;
    end $$;
    create trigger mark before insert on public.tasks for each row execute function canary.mark_task();`);
  for (const { from, to, columns } of remembered)
    await admin.query(`
      insert into canary.${to} select ${columns.join(', ')} from public.${from};
      create function canary.remember_${from}() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into canary.${to} values (${columns.map((column) => `new.${column}`).join(', ')}) on conflict do nothing;
        return null;
      end $$;
      create trigger remember after insert on public.${from} for each row execute function canary.remember_${from}();`);
}
