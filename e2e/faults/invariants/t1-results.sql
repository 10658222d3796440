-- A success has an output, its stored step says the same, and its last attempt says so too.
select 'success without output' as what, t.id::text as id from public.tasks t where t.state = 'succeeded' and t.output is null
union all
select 'output differs from its step', t.id::text from public.tasks t join public.task_steps s on s.task_id = t.id
where t.state = 'succeeded' and t.kind = 'assistant.prompt' and t.output ->> 'markdown' is distinct from s.output ->> 'text'
union all
select 'attempt and task disagree', t.id::text from public.tasks t
join public.task_attempts a on a.task_id = t.id and a.attempt = t.attempt where a.state is distinct from t.state
union all
select 'an earlier attempt left open', a.task_id::text from public.task_attempts a where a.state = 'running'
