-- No task is tried more often than it may be; what a worker gave back raised its limit.
select 'too many attempts' as what, id::text as id from public.tasks where attempt > max_attempts + 1
union all
select 'too many calls', t.id::text from public.tasks t join public.llm_calls c on c.task_id = t.id
group by t.org_id, t.id having count(*) > t.attempt
