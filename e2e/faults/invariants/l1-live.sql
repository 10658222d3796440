-- At no moment is there a task that is not over and has no job: both change together. A question to a person has a timer.
select t.state || ' without a job' as what, t.id::text as id from public.tasks t
where t.state in ('queued', 'running') and not exists (
  select from pgboss.job j where j.name = t.job_queue and j.id = t.job_id and j.state in ('created', 'retry', 'active'))
