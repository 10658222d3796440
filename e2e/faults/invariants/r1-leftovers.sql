-- Nothing stays behind in the database: no transaction left open, no lock of a session that does nothing or waits, no process
-- with more connections than its pools may have (a worker: 10, 2 for its intake, 3 of pg-boss, one to listen).
select 'transaction left open' as what, pid::text as id from pg_stat_activity
where datname = current_database() and state like 'idle in transaction%' and state_change < now() - interval '5 seconds'
union all
select 'advisory lock left', l.pid::text from pg_locks l join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and a.datname = current_database() and a.state like 'idle%'
  and a.state_change < clock_timestamp() - interval '1 second'
union all
select 'a lock is waited for', pid::text from pg_locks where not granted and waitstart < clock_timestamp() - interval '5 seconds'
union all
select 'too many connections', substring(application_name from '^worker-[0-9]+') from pg_stat_activity
where datname = current_database() and application_name like 'worker-%'
group by 2 having count(*) > 16
