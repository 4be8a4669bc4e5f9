-- Chapter 35, continued: whether Circle answers is looked at as the other parts are.

alter table public.health_checks drop constraint health_checks_name_is_known;
alter table public.health_checks add constraint health_checks_name_is_known check (
  name in ('database', 'queue', 'treasury', 'stripe', 'supabase', 'circle') or name like 'chain:%') not valid;
alter table public.health_checks validate constraint health_checks_name_is_known;
