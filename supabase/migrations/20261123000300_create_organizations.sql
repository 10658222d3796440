-- People, organisations, and who belongs to which.

create type app.member_role as enum ('viewer', 'member', 'admin', 'owner');
comment on type app.member_role is 'Ascending: each role may do what the ones before it may.';

create table public.profiles (
  user_id uuid not null,
  email text not null,
  display_name text not null,
  created_at timestamptz not null default now(),
  constraint profiles_pkey primary key (user_id),
  constraint profiles_display_name_length check (char_length(display_name) between 1 and 120),
  constraint profiles_user_fkey foreign key (user_id) references auth.users (id) on delete cascade
);
comment on table public.profiles is 'not-tenant: a person exists once and may belong to several organisations.';

create table public.organizations (
  org_id uuid not null,
  slug text not null,
  name text not null,
  plan text not null default 'free',
  created_at timestamptz not null default now(),
  constraint organizations_pkey primary key (org_id),
  constraint organizations_slug_key unique (slug),
  constraint organizations_slug_shape check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$'),
  constraint organizations_name_length check (char_length(name) between 1 and 120),
  constraint organizations_plan_known check (plan in ('free', 'pro', 'scale'))
);
comment on table public.organizations is 'A tenant.';
comment on column public.organizations.slug is 'In addresses; global by nature, so a personal one ends in random characters.';

create table public.memberships (
  org_id uuid not null,
  user_id uuid not null,
  role app.member_role not null,
  created_at timestamptz not null default now(),
  constraint memberships_pkey primary key (org_id, user_id),
  constraint memberships_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint memberships_user_fkey foreign key (user_id) references public.profiles (user_id) on delete cascade
);
comment on table public.memberships is 'Who belongs to which organisation, and as what.';
create index memberships_user_idx on public.memberships (user_id, org_id, role);

revoke all on public.profiles, public.organizations, public.memberships from public, anon, authenticated, service_role;
grant usage on type app.member_role to authenticated;
grant select on public.profiles, public.organizations, public.memberships to authenticated;
grant select (org_id, plan) on public.organizations to devsphere_task;

create function app.member_org_ids(min_role app.member_role) returns setof uuid
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query select m.org_id from public.memberships m
      where m.user_id = (select auth.uid()) and m.role >= min_role;
  end
  $$;
comment on function app.member_org_ids(app.member_role) is 'Organisations in which the person of this transaction has at least this role; runs once per statement.';

create function app.fellow_member_ids() returns setof uuid
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query select theirs.user_id
      from public.memberships mine join public.memberships theirs using (org_id)
      where mine.user_id = (select auth.uid());
  end
  $$;
comment on function app.fellow_member_ids() is 'People who share an organisation with the person of this transaction, that person included.';

create function app.welcome_new_user() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  declare
    new_org_id uuid := app.uuid_v7();
    handle text := coalesce(nullif(left(trim(both '-' from regexp_replace(lower(split_part(new.email, '@', 1)), '[^a-z0-9]+', '-', 'g')), 32), ''), 'person');
    -- The embedded Supabase stores the metadata as a JSON string inside jsonb; the real one as an object.
    metadata jsonb := case jsonb_typeof(new.raw_user_meta_data)
      when 'string' then (new.raw_user_meta_data #>> '{}')::jsonb
      else new.raw_user_meta_data
    end;
    shown text := left(coalesce(nullif(trim(metadata ->> 'display_name'), ''), split_part(new.email, '@', 1), 'Person'), 100);
  begin
    insert into public.profiles (user_id, email, display_name) values (new.id, coalesce(new.email, ''), shown);
    insert into public.organizations (org_id, slug, name)
      values (new_org_id, trim(both '-' from handle) || '-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 8), shown || '''s workspace');
    insert into public.memberships (org_id, user_id, role) values (new_org_id, new.id, 'owner');
    return new;
  end
  $$;
comment on function app.welcome_new_user() is 'Signing up creates the profile and a personal organisation in the same transaction.';

create trigger devsphere_welcome_new_user after insert on auth.users
  for each row execute function app.welcome_new_user();

revoke all on function app.member_org_ids(app.member_role), app.fellow_member_ids(), app.welcome_new_user() from public;
grant execute on function app.member_org_ids(app.member_role), app.fellow_member_ids() to authenticated;

alter table public.profiles enable row level security;
alter table public.profiles force row level security;
create policy "people read profiles of fellow members" on public.profiles for select to authenticated
  using (user_id in (select app.fellow_member_ids()));
create policy "nobody inserts profiles" on public.profiles for insert to authenticated with check (false);
create policy "nobody updates profiles" on public.profiles for update to authenticated using (false) with check (false);
create policy "nobody deletes profiles" on public.profiles for delete to authenticated using (false);

alter table public.organizations enable row level security;
alter table public.organizations force row level security;
create policy "members read their organizations" on public.organizations for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "a task reads its organization" on public.organizations for select to devsphere_task
  using (org_id = (select app.claim_org_id()));
create policy "nobody inserts organizations" on public.organizations for insert to authenticated with check (false);
create policy "nobody updates organizations" on public.organizations for update to authenticated using (false) with check (false);
create policy "nobody deletes organizations" on public.organizations for delete to authenticated using (false);

alter table public.memberships enable row level security;
alter table public.memberships force row level security;
create policy "members read memberships of their organizations" on public.memberships for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "nobody inserts memberships" on public.memberships for insert to authenticated with check (false);
create policy "nobody updates memberships" on public.memberships for update to authenticated using (false) with check (false);
create policy "nobody deletes memberships" on public.memberships for delete to authenticated using (false);
