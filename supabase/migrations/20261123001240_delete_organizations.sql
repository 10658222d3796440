-- An organisation is deleted in two steps: at once nobody belongs to it and nothing of it acts any more, then its rows and
-- files go, batch by batch.

alter table public.organizations add column deleted_at timestamptz;
comment on column public.organizations.deleted_at is 'When its owner deleted it; what is left of it is being purged.';
create index organizations_deleted_idx on public.organizations (deleted_at) where deleted_at is not null;
grant select (deleted_at) on public.organizations to devsphere_system;

create function app.delete_organization(doomed_org_id uuid, typed_slug text) returns text
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    mine app.member_role := app.locked_role(doomed_org_id);
  begin
    if mine is null then return 'not_found'; end if;
    if mine < (select p.min_role from app.permissions p where p.permission = 'organization.delete') then return 'forbidden'; end if;
    if typed_slug is distinct from (select o.slug from public.organizations o where o.org_id = doomed_org_id) then return 'wrong_slug'; end if;
    -- The address is free again.
    update public.organizations o set deleted_at = now(), slug = 'deleted-' || replace(doomed_org_id::text, '-', '')
      where o.org_id = doomed_org_id;
    -- Rights follow from these: without them row-level security shows nobody anything.
    update public.api_keys k set revoked_at = now(), revoked_by = auth.uid() where k.org_id = doomed_org_id and k.revoked_at is null;
    update public.webhook_endpoints e set state = 'disabled' where e.org_id = doomed_org_id;
    update public.schedules s set state = 'paused', next_run_at = null where s.org_id = doomed_org_id;
    delete from public.invitations i where i.org_id = doomed_org_id;
    delete from public.memberships m where m.org_id = doomed_org_id;
    return 'done';
  end
  $$;
comment on function app.delete_organization(uuid, text) is 'Answers done, not_found, forbidden or wrong_slug.';

create function app.live_tasks_of_deleted(doomed_org_id uuid, at_most integer) returns table (id uuid, job_queue text, job_id uuid)
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query select t.id, t.job_queue, t.job_id from public.tasks t join public.organizations o using (org_id)
      where t.org_id = doomed_org_id and o.deleted_at is not null and t.state in ('queued', 'running', 'waiting') limit at_most;
  end
  $$;

create function app.files_of_deleted(doomed_org_id uuid, at_most integer) returns table (bucket text, name text)
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query select s.bucket_id::text, s.name::text from storage.objects s
      where starts_with(s.name, doomed_org_id || '/')
        and exists (select from public.organizations o where o.org_id = doomed_org_id and o.deleted_at is not null)
      order by s.bucket_id limit at_most;
  end
  $$;

create function app.purge_organization_rows(doomed_org_id uuid, at_most integer) returns bigint
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    target record;
    gone bigint;
  begin
    if not exists (select from public.organizations o where o.org_id = doomed_org_id and o.deleted_at is not null) then return 0; end if;
    -- Every tenant table of the catalogue, those that others refer to last. Audit entries go with the organisation itself.
    for target in
      with recursive tenant as (
        select c.oid from pg_catalog.pg_class c
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('organizations', 'audit_entries')
          and coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), '') not like 'not-tenant:%'
      ), reference as (
        select distinct k.conrelid as child, k.confrelid as parent from pg_catalog.pg_constraint k
        where k.contype = 'f' and k.conrelid <> k.confrelid
          and k.conrelid in (select t.oid from tenant t) and k.confrelid in (select t.oid from tenant t)
      ), ranked as (
        select t.oid, 0 as rank from tenant t
        union select r.parent, ranked.rank + 1 from ranked join reference r on r.child = ranked.oid where ranked.rank < 12
      )
      select ranked.oid::regclass as name from ranked group by ranked.oid order by max(ranked.rank), ranked.oid
    loop
      execute format('delete from %1$s where org_id = $1 and ctid = any (array(select ctid from %1$s where org_id = $1 limit $2))', target.name)
        using doomed_org_id, at_most;
      get diagnostics gone = row_count;
      if gone > 0 then return gone; end if;
    end loop;
    return 0;
  end
  $$;
comment on function app.purge_organization_rows(uuid, integer) is 'Deletes one batch of a deleted organisation''s rows; 0 when none is left but its own and its audit log.';

create function app.finish_purge(doomed_org_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    delete from public.organizations o where o.org_id = doomed_org_id and o.deleted_at is not null;
    return found;
  end
  $$;

revoke all on function app.delete_organization(uuid, text), app.live_tasks_of_deleted(uuid, integer), app.files_of_deleted(uuid, integer),
  app.purge_organization_rows(uuid, integer), app.finish_purge(uuid) from public;
grant execute on function app.delete_organization(uuid, text) to devsphere_member;
grant execute on function app.live_tasks_of_deleted(uuid, integer), app.files_of_deleted(uuid, integer),
  app.purge_organization_rows(uuid, integer), app.finish_purge(uuid) to devsphere_system;

-- The worker deletes files with a token of a minute that only it can sign, whose claim names the folder.
create function app.claim_purge_prefix() returns text
  language plpgsql stable set search_path = ''
  as $$ begin return app.claims() -> 'devsphere_purge' ->> 'prefix'; end $$;
comment on function app.claim_purge_prefix() is 'What this token may delete; null for a person''s token.';
revoke all on function app.claim_purge_prefix() from public;
grant execute on function app.claim_purge_prefix() to authenticated;

grant delete on storage.objects to authenticated;
create policy "upkeep sees the files it deletes" on storage.objects for select to authenticated
  using (starts_with(name, (select app.claim_purge_prefix())));
create policy "upkeep deletes files" on storage.objects for delete to authenticated
  using (starts_with(name, (select app.claim_purge_prefix())));
