-- Workers take jobs by turns of their organisations, one look into this index for each, however many jobs it has waiting.

set role devsphere_queue;
create index job_common_by_organization on pgboss.job_common (name, coalesce(group_id, ''), priority desc, created_on, start_after)
  where state < 'active' and not blocked;
reset role;

-- What a paused organisation has waiting is not looked at.
grant select (org_id) on public.organization_pauses to devsphere_system;
create policy "workers read which organizations are paused" on public.organization_pauses for select to devsphere_system using (true);

create function app.refuse_if_told(wanted_org uuid, told text) returns void
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    if wanted_org is distinct from app.claim_org_id() then
      raise exception 'this role may not ask that' using errcode = '42501';
    end if;
    if exists (select from public.webhook_endpoints e where e.org_id = wanted_org and e.state = 'enabled' and told = any (e.events))
       or exists (select from public.integrations i where i.org_id = wanted_org and i.kind = 'slack' and told = any (i.events)) then
      raise exception 'somebody wants to be told' using errcode = 'DS411';
    end if;
  end
  $$;
comment on function app.refuse_if_told(uuid, text) is 'Raises DS411 when somebody of the organisation is told of such events: they are written one by one then, with their messages. The definer, since whoever ends a task may not see who is told of it.';
revoke all on function app.refuse_if_told(uuid, text) from public;
grant execute on function app.refuse_if_told(uuid, text) to devsphere_task;
