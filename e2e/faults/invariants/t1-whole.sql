-- What was called a success came whole: the provider itself says that it ended by itself and was sent to its end.
select 'a success of ' || c.outcome || ', ' || coalesce(c.stop_reason, 'no stop reason') as what, t.id::text as id
from public.tasks t
join public.task_steps s on s.org_id = t.org_id and s.task_id = t.id
join public.llm_calls l on l.org_id = s.org_id and l.task_id = s.task_id and l.step_key = s.key and l.attempt = s.attempt
  and l.state = 'completed'
join faults.calls c on c.request_id = l.provider_request_id
where t.state = 'succeeded'
  and (c.stop_reason is distinct from 'end_turn'
    or c.outcome in ('client_gone', 'fault:cut', 'fault:early_end', 'fault:error_event', 'fault:lost_reply', 'fault:garbled'))
union all
-- A character that was cut in two where packets met.
select 'a broken character', t.id::text from public.tasks t where position(chr(65533) in coalesce(t.output, '{}')::text) > 0
