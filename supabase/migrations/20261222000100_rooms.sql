-- Chapter 120: rooms. Who is there, who asks whom, who talks with whom and for how long, and what good manners forbid.

create table private.room_terms (
  singleton boolean not null primary key default true,
  min_seconds integer not null default 60,
  max_seconds integer not null default 1800,
  answer_within interval not null default '20 seconds',
  connect_within interval not null default '45 seconds',
  present_for interval not null default '30 seconds',
  reconnect_within interval not null default '20 seconds',
  cooldown_after_call interval not null default '24 hours',
  cooldown_after_decline interval not null default '24 hours',
  cooldown_after_withdrawal interval not null default '1 hour',
  reporters_to_suspend integer not null default 4,
  message_length integer not null default 500,
  constraint room_terms_are_one_row check (singleton)
);
comment on table private.room_terms is 'The rules of the rooms, in one row.';
alter table private.room_terms enable row level security;
insert into private.room_terms default values;

create table public.room_presence (
  account_id uuid not null primary key references auth.users (id) on delete cascade,
  camera boolean not null,
  joined_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
) with (fillfactor = 70);
comment on table public.room_presence is 'Who is in the rooms: there while their page says so every few seconds. No index has seen_at, so that saying so costs one row.';
create index room_presence_joined on public.room_presence (joined_at desc, account_id desc);
alter table public.room_presence enable row level security;

create table private.invitation_transitions (
  from_status text not null,
  to_status text not null,
  constraint invitation_transitions_pkey primary key (from_status, to_status)
);
comment on table private.invitation_transitions is 'The whole machine of an invitation. missed: its time passed; void: one of the two was gone or busy by then.';
alter table private.invitation_transitions enable row level security;
insert into private.invitation_transitions (from_status, to_status) values
  ('pending', 'accepted'), ('pending', 'declined'), ('pending', 'withdrawn'), ('pending', 'missed'), ('pending', 'void');

create table public.invitations (
  id uuid not null default gen_random_uuid() primary key,
  inviter_id uuid references auth.users (id) on delete set null,
  invitee_id uuid references auth.users (id) on delete set null,
  status text not null default 'pending',
  version integer not null default 1,
  seconds integer not null,
  answered_seconds integer,
  deadline timestamptz not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint invitations_are_to_somebody_else check (inviter_id <> invitee_id),
  constraint invitations_seconds_within_limits check (seconds between 60 and 1800 and answered_seconds between 60 and 1800),
  constraint invitations_answered_iff_accepted check ((status = 'accepted') = (answered_seconds is not null)),
  constraint invitations_ended_iff_not_pending check ((status = 'pending') = (ended_at is null))
);
comment on table public.invitations is 'One person asks another to talk for so long. The other has until the deadline, by the database''s clock.';
comment on column public.invitations.answered_seconds is 'How long the other would like to. The call lasts the floor of the average of both.';
create unique index invitations_one_out_a_person on public.invitations (inviter_id) where status = 'pending';
create index invitations_invitee on public.invitations (invitee_id) where status = 'pending';
create index invitations_deadline on public.invitations (deadline) where status = 'pending';
create index invitations_of_inviter on public.invitations (inviter_id, created_at desc);
create index invitations_of_invitee on public.invitations (invitee_id, created_at desc);
alter table public.invitations enable row level security;

create table public.invitation_events (
  invitation_id uuid not null references public.invitations (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint invitation_events_pkey primary key (invitation_id, version),
  constraint invitation_events_begin_once check ((from_status is null) = (version = 1)),
  constraint invitation_events_transition_is_allowed foreign key (from_status, to_status)
    references private.invitation_transitions (from_status, to_status)
);
comment on table public.invitation_events is 'Every change of an invitation''s status, with who made it.';
create index invitation_events_transition on public.invitation_events (from_status, to_status);
alter table public.invitation_events enable row level security;

create table private.call_transitions (
  from_status text not null,
  to_status text not null,
  constraint call_transitions_pkey primary key (from_status, to_status)
);
comment on table private.call_transitions is 'The whole machine of a call. Its clock starts when both are connected, and is the database''s.';
alter table private.call_transitions enable row level security;
insert into private.call_transitions (from_status, to_status) values
  ('connecting', 'live'), ('connecting', 'ended'), ('live', 'ended');

create table public.calls (
  id uuid not null default gen_random_uuid() primary key,
  invitation_id uuid not null references public.invitations (id) on delete restrict,
  status text not null default 'connecting',
  version integer not null default 1,
  seconds integer not null,
  connect_by timestamptz not null,
  started_at timestamptz,
  ends_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  created_at timestamptz not null default now(),
  constraint calls_one_an_invitation unique (invitation_id),
  constraint calls_seconds_within_limits check (seconds between 60 and 1800),
  constraint calls_clock_runs_once_live check ((status = 'live') <= (started_at is not null) and (started_at is null) = (ends_at is null)),
  constraint calls_end_when_agreed check (ends_at = started_at + make_interval(secs => seconds)),
  constraint calls_ended_iff_over check ((status = 'ended') = (ended_at is not null) and (ended_at is null) = (end_reason is null)),
  constraint calls_end_reason_is_known check (end_reason in ('time', 'left', 'never_connected', 'lost', 'reported', 'suspended', 'pass_ended'))
);
comment on table public.calls is 'Two people talking. No picture and no sound of it is ever kept.';
create index calls_unfinished on public.calls (coalesce(ends_at, connect_by)) where status <> 'ended';
alter table public.calls enable row level security;

create table public.call_events (
  call_id uuid not null references public.calls (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint call_events_pkey primary key (call_id, version),
  constraint call_events_begin_once check ((from_status is null) = (version = 1)),
  constraint call_events_transition_is_allowed foreign key (from_status, to_status)
    references private.call_transitions (from_status, to_status)
);
comment on table public.call_events is 'Every change of a call''s status, with who made it.';
create index call_events_transition on public.call_events (from_status, to_status);
alter table public.call_events enable row level security;

create table public.call_members (
  id uuid not null default gen_random_uuid() primary key,
  call_id uuid not null references public.calls (id) on delete restrict,
  account_id uuid references auth.users (id) on delete set null,
  polite boolean not null,
  live boolean not null default true,
  connected_at timestamptz,
  seen_at timestamptz not null default now(),
  constraint call_members_once_a_call unique (call_id, account_id),
  constraint call_members_one_is_polite unique (call_id, polite)
);
comment on table public.call_members is 'The two of a call. Of perfect negotiation''s two roles each has one: polite gives way.';
-- Whoever races to begin a second call with one of the two loses here.
create unique index call_members_one_live_call_a_person on public.call_members (account_id) where live;
create index call_members_account on public.call_members (account_id, call_id);
alter table public.call_members enable row level security;

create table public.call_signals (
  call_id uuid not null references public.calls (id) on delete cascade,
  id bigint generated always as identity,
  member_id uuid not null references public.call_members (id) on delete cascade,
  kind text not null,
  payload jsonb not null,
  at timestamptz not null default clock_timestamp(),
  constraint call_signals_pkey primary key (call_id, id),
  constraint call_signals_kind_is_known check (kind in ('description', 'candidate')),
  constraint call_signals_are_small check (length(payload::text) <= 32768)
);
comment on table public.call_signals is 'What the two browsers say to find each other. Read by the two alone, and thrown away with the call.';
create index call_signals_member on public.call_signals (member_id);
alter table public.call_signals enable row level security;

create table public.call_messages (
  call_id uuid not null references public.calls (id) on delete cascade,
  id bigint generated always as identity,
  member_id uuid not null references public.call_members (id) on delete cascade,
  text text not null,
  at timestamptz not null default clock_timestamp(),
  constraint call_messages_pkey primary key (call_id, id),
  constraint call_messages_are_short check (length(text) between 1 and 500)
);
comment on table public.call_messages is 'What the two write to each other during a call. Kept as long as a report may need it.';
create index call_messages_member on public.call_messages (member_id);
alter table public.call_messages enable row level security;

create table private.cooldowns (
  low_id uuid not null references auth.users (id) on delete cascade,
  high_id uuid not null references auth.users (id) on delete cascade,
  until timestamptz not null,
  because text not null,
  constraint cooldowns_pkey primary key (low_id, high_id),
  constraint cooldowns_pair_is_in_order check (low_id < high_id),
  constraint cooldowns_reason_is_known check (because in ('call', 'decline', 'withdrawal'))
);
comment on table private.cooldowns is 'Until when two people leave each other alone, and why. The longest one stands.';
create index cooldowns_high on private.cooldowns (high_id);
alter table private.cooldowns enable row level security;

create table public.blocks (
  blocker_id uuid not null references auth.users (id) on delete cascade,
  blocked_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  constraint blocks_pkey primary key (blocker_id, blocked_id),
  constraint blocks_are_of_somebody_else check (blocker_id <> blocked_id)
);
comment on table public.blocks is 'Who wants never to meet whom. The other is not told, and does not see them either.';
create index blocks_blocked on public.blocks (blocked_id);
alter table public.blocks enable row level security;

create table public.reports (
  id uuid not null default gen_random_uuid() primary key,
  reporter_id uuid references auth.users (id) on delete set null,
  reported_id uuid references auth.users (id) on delete set null,
  call_id uuid not null references public.calls (id) on delete restrict,
  kind text not null,
  words text not null default '',
  context jsonb not null,
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by uuid references auth.users (id) on delete set null,
  decision text,
  constraint reports_once_a_call unique (call_id, reporter_id),
  constraint reports_are_of_somebody_else check (reporter_id <> reported_id),
  constraint reports_kind_is_known check (kind in ('nudity', 'harassment', 'hate', 'minor', 'scam', 'other')),
  constraint reports_words_are_few check (length(words) <= 1000),
  constraint reports_decided_whole check (num_nonnulls(decided_at, decision) in (0, 2)),
  constraint reports_decision_is_known check (decision in ('dismissed', 'upheld'))
);
comment on table public.reports is 'What one says the other did in a call, with what was written in it. An operator decides.';
create index reports_open on public.reports (created_at) where decided_at is null;
create index reports_reported on public.reports (reported_id, created_at desc);
create index reports_reporter on public.reports (reporter_id);
create index reports_decided_by on public.reports (decided_by);
alter table public.reports enable row level security;

create table public.suspensions (
  id uuid not null default gen_random_uuid() primary key,
  account_id uuid references auth.users (id) on delete set null,
  because text not null,
  suspended_by uuid references auth.users (id) on delete set null,
  suspended_at timestamptz not null default now(),
  lifted_at timestamptz,
  lifted_by uuid references auth.users (id) on delete set null,
  note text not null default '',
  constraint suspensions_reason_is_known check (because in ('reports', 'operator')),
  constraint suspensions_note_is_short check (length(note) <= 1000)
);
comment on table public.suspensions is 'Who may not enter the rooms: by four different reporters until an operator decides, or by an operator.';
create unique index suspensions_one_open_a_person on public.suspensions (account_id) where lifted_at is null;
create index suspensions_account on public.suspensions (account_id, suspended_at desc);
create index suspensions_suspended_by on public.suspensions (suspended_by);
create index suspensions_lifted_by on public.suspensions (lifted_by);
alter table public.suspensions enable row level security;
