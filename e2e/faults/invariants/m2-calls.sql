-- No task is tried more often than it may be; what a worker gave back, or lost, raised its limit.
select 'too many attempts' as what, id::text as id from public.tasks where attempt > max_attempts + 1
union all
select 'too many calls of ' || c.step_key, t.id::text from public.tasks t join public.llm_calls c on c.task_id = t.id
where t.kind not like 'seo.%' group by t.org_id, t.id, c.step_key having count(*) > t.attempt
union all
select 'lost too often', task_id::text from public.task_attempts where state = 'lost'
group by task_id, job_id having count(*) > 4
