-- How many tasks of one organisation may wait: what is beyond is refused at the door, not piled up behind it.

alter table public.plans add column waiting_tasks integer not null default 10000;
update public.plans set waiting_tasks = 50000 where plan = 'pro';
update public.plans set waiting_tasks = 100000 where plan = 'scale';
alter table public.plans alter column waiting_tasks drop default;
alter table public.plans add constraint plans_waiting_tasks_bounded check (waiting_tasks between 1 and 1000000);
comment on column public.plans.waiting_tasks is 'Tasks of one organisation that wait in the queues, delayed ones among them; more are refused until some have started.';

create function app.admit_waiting(wanted_org uuid) returns integer
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    most integer;
    room integer;
  begin
    -- Whoever may not submit learns nothing here: the insert that follows refuses.
    if wanted_org not in (select app.permitted_org_ids('tasks.submit')) then return null; end if;
    -- The lock of app.admit_spending: one after the other, and each counts what those before it committed.
    perform pg_advisory_xact_lock(hashtextextended('budget ' || wanted_org::text, 0));
    select p.waiting_tasks into strict most
      from public.organizations o join public.plans p on p.plan = o.plan where o.org_id = wanted_org;
    select most - count(*) into room
      from (select from public.tasks t where t.org_id = wanted_org and t.state = 'queued' limit most) as waiting;
    if room < 1 then
      raise exception 'too many wait' using errcode = 'DS429', detail = jsonb_build_object('limit', most)::text;
    end if;
    return room;
  end
  $$;
comment on function app.admit_waiting(uuid) is 'How many more tasks of the organisation may wait; raises DS429 when none. Holds a lock of the organisation until the transaction ends.';
revoke all on function app.admit_waiting(uuid) from public;
grant execute on function app.admit_waiting(uuid) to devsphere_member, devsphere_api_key;
