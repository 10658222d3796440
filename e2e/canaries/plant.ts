import type pg from 'pg';

/**
 * From here on every task of an organisation carries its canary, 128 random bits, in its title and in what it asks a model;
 * and who ever belonged to which organisation, and which keys were its, is remembered.
 */
export async function plantCanaries(admin: pg.Pool): Promise<void> {
  await admin.query(`
    create schema canary;
    create table canary.organizations (org_id uuid primary key, mark text not null default 'canary-' || replace(gen_random_uuid()::text, '-', ''));
    create table canary.members (org_id uuid, user_id uuid, primary key (org_id, user_id));
    create table canary.keys (org_id uuid, hash text primary key);
    insert into canary.organizations (org_id) select org_id from public.organizations;
    insert into canary.members select org_id, user_id from public.memberships;

    create function canary.mark_task() returns trigger language plpgsql security definer set search_path = '' as $$
    declare
      mine text;
    begin
      insert into canary.organizations (org_id) values (new.org_id) on conflict do nothing;
      select o.mark into mine from canary.organizations o where o.org_id = new.org_id;
      new.title := left(new.title, 150) || ' ' || mine;
      if new.kind = 'assistant.prompt' and new.input ? 'prompt' then
        new.input := jsonb_set(new.input, '{prompt}', to_jsonb(left(new.input ->> 'prompt', 50000) || ' ' || mine));
      end if;
      return new;
    end $$;
    create trigger mark before insert on public.tasks for each row execute function canary.mark_task();

    create function canary.remember_member() returns trigger language plpgsql security definer set search_path = '' as $$
    begin
      insert into canary.members values (new.org_id, new.user_id) on conflict do nothing;
      return null;
    end $$;
    create trigger remember after insert on public.memberships for each row execute function canary.remember_member();

    create function canary.remember_key() returns trigger language plpgsql security definer set search_path = '' as $$
    begin
      insert into canary.keys values (new.org_id, new.secret_hash) on conflict do nothing;
      return null;
    end $$;
    create trigger remember after insert on public.api_keys for each row execute function canary.remember_key();`);
}
