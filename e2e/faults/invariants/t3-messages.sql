-- One message for each end and endpoint; every one arrived, and whoever got one twice got it under the same id.
select 'several messages of one end' as what, subject_id::text as id from public.webhook_deliveries
group by endpoint_id, subject_id, event having count(*) > 1
union all
select 'message not delivered', id::text from public.webhook_deliveries where state <> 'delivered'
union all
select 'message never arrived', d.id::text from public.webhook_deliveries d
where d.state = 'delivered' and not exists (select from faults.arrived a where a.message_id = 'msg_' || d.id)
union all
select 'a message nobody was to get', a.message_id from faults.arrived a
where not exists (select from public.webhook_deliveries d where a.message_id = 'msg_' || d.id)
