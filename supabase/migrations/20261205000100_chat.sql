-- Chapter 38: what people and their agents said to each other. Talk moves no money: what a person orders becomes an intent, with
-- everything that holds for one.

create table public.chat_conversations (
  id uuid not null default gen_random_uuid() primary key,
  owner_id uuid not null references auth.users (id) on delete cascade,
  agent_id uuid not null references public.agents (id) on delete restrict,
  title text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint chat_conversations_title_has_a_length check (length(title) between 1 and 80)
);
comment on table public.chat_conversations is 'A conversation of a person with an agent of theirs. Only that person reads it, and may delete it.';
comment on column public.chat_conversations.title is 'How it begins; null before anything was said.';
create index chat_conversations_owner on public.chat_conversations (owner_id, agent_id, updated_at desc, id desc);
create index chat_conversations_agent on public.chat_conversations (agent_id);
alter table public.chat_conversations enable row level security;

create table public.chat_messages (
  id uuid not null primary key,
  conversation_id uuid not null references public.chat_conversations (id) on delete cascade,
  place integer not null,
  role text not null,
  answers uuid references public.chat_messages (id) on delete cascade,
  parts jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint chat_messages_place_once unique (conversation_id, place),
  constraint chat_messages_one_answer_each unique (answers),
  constraint chat_messages_role_is_known check (role in ('person', 'agent')),
  constraint chat_messages_only_agents_answer check ((role = 'agent') = (answers is not null)),
  constraint chat_messages_parts_are_a_list check (jsonb_typeof(parts) = 'array' and octet_length(parts::text) <= 100000)
);
comment on table public.chat_messages is
  'What was said, in order, as it is shown again. Only what a person wrote can become a payment, so who said what is a column and never part of the text.';
alter table public.chat_messages enable row level security;

grant select on public.chat_conversations, public.chat_messages to authenticated;
create policy "people see their own conversations" on public.chat_conversations for select to authenticated
  using (owner_id = (select private.account_id()));
create policy "messages are seen with their conversation" on public.chat_messages for select to authenticated
  using (conversation_id in (select c.id from public.chat_conversations c where c.owner_id = (select private.account_id())));

create function private.own_chat(p_conversation_id uuid) returns public.chat_conversations
language plpgsql set search_path = ''
as $$
declare
  v public.chat_conversations;
begin
  select * into v from public.chat_conversations c where c.id = p_conversation_id and c.owner_id = private.account_id() for update;
  if not found then
    raise exception 'There is no such conversation.' using errcode = 'CWNTF';
  end if;
  return v;
end
$$;
comment on function private.own_chat is 'A conversation of the signed-in person, locked. Raises CWNTF for another''s.';

create function app.begin_chat(p_agent_id uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_agent public.agents := private.own_agent(p_agent_id);
  v_id uuid;
begin
  select c.id into v_id from public.chat_conversations c
  where c.owner_id = private.account_id() and c.agent_id = v_agent.id and c.title is null limit 1;
  if v_id is not null then
    return v_id;
  end if;
  if (select count(*) from public.chat_conversations c where c.owner_id = private.account_id() and c.agent_id = v_agent.id) >= 100 then
    perform private.refuse('too_many_conversations', 'There are a hundred conversations with this agent. Delete one first.');
  end if;
  insert into public.chat_conversations (owner_id, agent_id) values (private.account_id(), v_agent.id) returning id into v_id;
  return v_id;
end
$$;
comment on function app.begin_chat is 'A person: begins a conversation with an agent of theirs, or goes on with one in which nothing was said yet.';

create function app.ask_in_chat(p_conversation_id uuid, p_id uuid, p_title text, p_parts jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_conversation public.chat_conversations := private.own_chat(p_conversation_id);
  v_message public.chat_messages;
  v_place integer;
begin
  select * into v_message from public.chat_messages m where m.id = p_id;
  if found then
    -- The same message again is one whose answer got lost on the way, or broke off: it is answered once more, and pays once.
    if (v_message.conversation_id, v_message.role, v_message.parts) is distinct from (p_conversation_id, 'person', p_parts) then
      raise exception 'This id belongs to another message.' using errcode = 'CWIKR';
    end if;
    return exists (select from public.chat_messages m where m.answers = p_id);
  end if;
  select coalesce(max(m.place), 0) + 1 into v_place from public.chat_messages m where m.conversation_id = p_conversation_id;
  if v_place > 1000 then
    perform private.refuse('conversation_full', 'This conversation has become too long. Begin a new one.');
  end if;
  insert into public.chat_messages (id, conversation_id, place, role, parts) values (p_id, p_conversation_id, v_place, 'person', p_parts);
  update public.chat_conversations set updated_at = clock_timestamp(), title = coalesce(v_conversation.title, p_title) where id = p_conversation_id;
  return false;
end
$$;
comment on function app.ask_in_chat is 'A person: says something, once for each id. Returns whether it is answered already.';

create function app.answer_in_chat(p_message_id uuid, p_id uuid, p_parts jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_conversation_id uuid;
begin
  select m.conversation_id into v_conversation_id from public.chat_messages m where m.id = p_message_id and m.role = 'person';
  perform private.own_chat(v_conversation_id);
  insert into public.chat_messages (id, conversation_id, place, role, answers, parts)
  select p_id, v_conversation_id, max(m.place) + 1, 'agent', p_message_id, p_parts from public.chat_messages m where m.conversation_id = v_conversation_id
  on conflict on constraint chat_messages_one_answer_each do nothing;
  update public.chat_conversations set updated_at = clock_timestamp() where id = v_conversation_id;
  return (select m.id from public.chat_messages m where m.answers = p_message_id);
end
$$;
comment on function app.answer_in_chat is 'Keeps what the agent answered to a message of the acting person''s. The first answer stands; returns its id.';

create function app.delete_chat(p_conversation_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.chat_conversations c where c.id = (private.own_chat(p_conversation_id)).id;
end
$$;
comment on function app.delete_chat is 'A person: forgets a conversation. Payments that were ordered in it stay as they are.';

grant execute on function app.begin_chat, app.ask_in_chat, app.answer_in_chat, app.delete_chat to authenticated;
