-- What `npm run doctor` asks: is this database the one that the files in supabase/migrations describe?

-- Late-bound on purpose: the record of migrations belongs to the tool that applies them, and this file is one of them.
create function app.describe_schema() returns table (version text, name text, fingerprint text)
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
    select m.version, m.name,
      encode(sha256(convert_to(regexp_replace(array_to_string(m.statements, ''), '[ \t\r\n;]', '', 'g'), 'UTF8')), 'hex')
    from supabase_migrations.schema_migrations m
    order by m.version;
end
$$;
comment on function app.describe_schema is
  'Worker: each applied migration, and the hash of its text without spaces, line ends and semicolons, which tools record differently. Reads no rows of ours.';
grant execute on function app.describe_schema to worker;
