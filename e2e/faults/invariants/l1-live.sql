-- At no moment is there a task that is not over and has no job: both change together. A question to a person has a timer.
select t.state || ' without a job' as what, t.id::text as id from public.tasks t
where t.state in ('queued', 'running') and not exists (
  select from pgboss.job j where j.name in (t.job_queue, t.job_queue || '.later') and j.id = t.job_id and j.state in ('created', 'retry', 'active'))
union all
select 'waiting without a question that has a timer', t.id::text from public.tasks t
where t.state = 'waiting' and not exists (
  select from public.approvals a join pgboss.job j on j.name = 'timers' and j.id = a.id and j.state in ('created', 'retry', 'active')
  where a.org_id = t.org_id and a.task_id = t.id and a.state = 'open')
