-- Chapter 85: the ticks of the feed. The newest one of a pair is asked for with every quote and every look; most of what is stored before it may
-- have been filled in, so it has an index of its own.

create index rate_ticks_of_the_feed on public.rate_ticks (asset, currency, at desc) where origin = 'feed';
