-- A success has an output, its stored step says the same, and its last attempt says so too.
select 'success without output' as what, t.id::text as id from public.tasks t where t.state = 'succeeded' and t.output is null
union all
select 'output differs from its step', t.id::text from public.tasks t join public.task_steps s on s.task_id = t.id
where t.state = 'succeeded' and t.kind = 'assistant.prompt' and t.output ->> 'markdown' is distinct from s.output ->> 'text'
union all
select 'attempt and task disagree', t.id::text from public.tasks t
join public.task_attempts a on a.task_id = t.id and a.attempt = t.attempt where a.state is distinct from t.state
  -- One that was stopped between two attempts has none of its own for that.
  and not (t.state = 'cancelled' and a.state in ('failed', 'lost', 'released', 'waiting'))
union all
select 'a finished step was asked again', l.task_id::text from public.llm_calls l
join public.task_steps s on s.org_id = l.org_id and s.task_id = l.task_id and s.key = l.step_key where l.started_at > s.ended_at
union all
select 'documentation differs from its steps', t.id::text from public.tasks t
left join public.task_steps o on o.org_id = t.org_id and o.task_id = t.id and o.key = 'outline'
left join public.task_steps w on w.org_id = t.org_id and w.task_id = t.id and w.key = 'write'
where t.kind = 'docs.generate' and t.state = 'succeeded'
  and (o.key is null or t.output ->> 'markdown' is distinct from w.output ->> 'text')
union all
select 'notes differ from what was approved', t.id::text from public.tasks t where t.kind = 'release.notes' and t.state = 'succeeded'
  and t.output ->> 'markdown' is distinct from (
    select a.answer ->> 'markdown' from public.approvals a where a.org_id = t.org_id and a.task_id = t.id
    and a.state = 'answered' order by a.created_at desc limit 1)
union all
select 'a question is left open', a.id::text from public.approvals a where a.state = 'open'
union all
select 'an earlier attempt left open', a.task_id::text from public.task_attempts a where a.state = 'running'
