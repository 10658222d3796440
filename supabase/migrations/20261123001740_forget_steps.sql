-- A retry may begin at a step: it and what came after are forgotten, what came before is kept.

create function app.forget_steps(wanted_org uuid, wanted_task uuid, from_step text) returns integer
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    ended timestamptz;
    forgotten integer;
  begin
    if wanted_org not in (select app.permitted_org_ids('tasks.submit')) then return null; end if;
    perform from public.tasks t
      where t.org_id = wanted_org and t.id = wanted_task and t.state in ('failed', 'cancelled', 'expired') for update;
    if not found then return null; end if;
    select s.ended_at into ended from public.task_steps s
      where s.org_id = wanted_org and s.task_id = wanted_task and s.key = from_step;
    if ended is null then return 0; end if;
    with gone as (
      delete from public.task_steps s
        where s.org_id = wanted_org and s.task_id = wanted_task and (s.ended_at > ended or s.key = from_step)
        returning s.key
    ), files as (
      -- Listed anew when they are stored anew, over the old ones.
      delete from public.artifacts a
        where a.org_id = wanted_org and a.task_id = wanted_task and exists (select from gone where gone.key = 'artifacts')
    )
    select count(*) into forgotten from gone;
    return forgotten;
  end
  $$;
comment on function app.forget_steps(uuid, uuid, text) is 'How many finished steps of a task that may be retried were forgotten: the one named and those that ended later. 0 when it has no such step; null when it may not be retried, or not by this subject.';
revoke all on function app.forget_steps(uuid, uuid, text) from public;
grant execute on function app.forget_steps(uuid, uuid, text) to devsphere_member, devsphere_api_key;
