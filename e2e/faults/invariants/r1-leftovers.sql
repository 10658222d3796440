-- Nothing stays behind in the database: no transaction left open, no lock of a session that does nothing.
select 'transaction left open' as what, pid::text as id from pg_stat_activity
where datname = current_database() and state like 'idle in transaction%' and state_change < now() - interval '5 seconds'
union all
select 'advisory lock left', pid::text from pg_locks
where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
