-- Makes the messages of an event, in the transaction of what it tells of.

create function app.tell(wanted_org uuid, told text, subject text, told_id uuid, extra jsonb)
  returns table (target text, id uuid)
  language plpgsql security definer set search_path = ''
  as $$
  declare
    allowed boolean := case current_setting('role')
      when 'devsphere_task' then wanted_org = app.claim_org_id() and subject = 'task' and told_id = app.claim_task_id()
      when 'devsphere_member' then wanted_org in (select app.permitted_org_ids('tasks.submit'))
      when 'devsphere_api_key' then wanted_org in (select app.permitted_org_ids('tasks.submit'))
      when 'devsphere_operator' then app.is_operator()
      when 'devsphere_system' then true
      else false
    end;
    facts jsonb;
  begin
    if allowed is not true then
      raise exception 'this role may not tell of that' using errcode = '42501';
    end if;
    -- Almost always nobody listens: nothing more is read then.
    if not exists (select from public.webhook_endpoints e
                   where e.org_id = wanted_org and e.state = 'enabled' and told = any (e.events))
       and not exists (select from public.integrations i
                       where i.org_id = wanted_org and i.kind = 'slack' and told = any (i.events)) then
      return;
    end if;
    facts := case subject
      when 'task' then (
        select jsonb_build_object(
          'id', t.id, 'orgId', t.org_id, 'kind', t.kind, 'title', t.title, 'state', t.state, 'error', t.error,
          'attempts', t.attempt, 'simulated', t.simulated, 'createdBy', t.created_by,
          'createdAt', t.created_at, 'startedAt', t.started_at, 'endedAt', t.ended_at,
          'usage', jsonb_build_object(
            'inputTokens', t.input_tokens, 'cacheReadTokens', t.cache_read_tokens, 'cacheWriteTokens', t.cache_write_tokens,
            'outputTokens', t.output_tokens, 'costNanoUsd', t.cost_nano_usd))
        from public.tasks t where t.org_id = wanted_org and t.id = told_id)
      when 'schedule' then (
        select jsonb_build_object('id', s.id, 'orgId', s.org_id, 'name', s.name, 'kind', s.kind, 'state', s.state,
                                  'pausedReason', s.paused_reason)
        from public.schedules s where s.org_id = wanted_org and s.id = told_id)
      else jsonb_build_object('id', told_id, 'orgId', wanted_org)
    end || extra;
    return query
      with made as (
        insert into public.webhook_deliveries (org_id, id, endpoint_id, event, subject_type, subject_id, payload, next_attempt_at)
        select wanted_org, app.uuid_v7(), e.id, told, subject, told_id,
               jsonb_build_object('type', told, 'timestamp', to_jsonb(now()), 'data', facts), now()
        from public.webhook_endpoints e
        where e.org_id = wanted_org and e.state = 'enabled' and told = any (e.events)
        limit 50
        returning webhook_deliveries.id
      )
      select 'webhook', made.id from made
      union all
      select 'notification', i.id from public.integrations i
      where i.org_id = wanted_org and i.kind = 'slack' and told = any (i.events);
  end
  $$;
comment on function app.tell(uuid, text, text, uuid, jsonb) is 'Deliveries and notifications of an event, for whom their jobs have to be sent. The definer, since whoever ends a task may not see who is told of it; so it asks itself who calls.';
revoke all on function app.tell(uuid, text, text, uuid, jsonb) from public;
grant execute on function app.tell(uuid, text, text, uuid, jsonb)
  to devsphere_task, devsphere_member, devsphere_operator, devsphere_api_key, devsphere_system;
