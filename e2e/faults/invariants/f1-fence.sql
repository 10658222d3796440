-- Nobody writes for an attempt that is not the task's current one.
select what || ' by ' || writer || ' for attempt ' || attempt || ' of ' || current_attempt as what, task_id::text as id
from faults.stale_writes
