-- Chapter 35: Circle tells us too. Its notifications are kept in the same inbox as Stripe's events.

alter table public.webhook_events drop constraint webhook_events_source_is_known;
alter table public.webhook_events add constraint webhook_events_source_is_known check (source in ('stripe', 'circle')) not valid;
alter table public.webhook_events validate constraint webhook_events_source_is_known;
