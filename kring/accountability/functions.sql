-- The trail is written here and nowhere else, in the same transaction as what it tells.
-- The header's canonical form: version byte, then each field with its length (null is length -1), so that no two
-- different rows have one form. kring/accountability/canonical.py works it out again, independently.

create function trail.field(value text) returns bytea language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when value is null then '\xffffffff'::bytea
         else int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') end
$$;
comment on function trail.field(text) is 'kring/accountability/tests/test_trail.py';

create function trail.leaf(e trail.event) returns bytea language sql stable set search_path = pg_catalog as $$
  select sha256('\x0001'::bytea
    || trail.field(e.id::text) || trail.field(e.xid::text)
    || trail.field(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))
    || trail.field(e.subject_id::text) || trail.field(e.subject_kind) || trail.field(e.organisation_id::text)
    || trail.field(e.purpose) || trail.field(e.request) || trail.field(e.action) || trail.field(e.outcome)
    || trail.field(e.family_id::text) || trail.field(e.object_type) || trail.field(e.object_id::text)
    || trail.field(e.audience) || trail.field(array_to_string(e.audience_ids, ','))
    || trail.field(encode(e.payload_digest, 'hex')))
$$;
comment on function trail.leaf(trail.event) is 'kring/accountability/tests/test_trail.py';

create function trail.stamp() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.leaf := trail.leaf(new);
  return new;
end $$;
comment on function trail.stamp() is 'kring/accountability/tests/test_trail.py';
drop trigger if exists stamp on trail.event;
create trigger stamp before insert on trail.event for each row execute function trail.stamp();

create function trail.add(
  action text, outcome text, family uuid default null, object_type text default null, object_id uuid default null,
  body jsonb default null, audience text default null, audience_ids uuid[] default null
) returns bigint language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  who sec.session := sec._session();
  salt bytea := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
  scope record;
  made bigint;
begin
  -- A row is heard by whom its writer is: the shelter worker's look is hidden where her membership is (harm B4).
  select a.audience, a.audience_ids into scope from sec._audience_of(family, who.subject_id) a;
  insert into trail.event (subject_id, subject_kind, organisation_id, purpose, request, action, outcome, family_id,
    object_type, object_id, audience, audience_ids, payload_digest, leaf)
  values (who.subject_id, coalesce(who.kind, session_user::text), sec._organisation_of(who.subject_id), nullif(current_setting('kring.purpose', true), ''),
    nullif(current_setting('kring.request', true), ''), action, outcome, family, object_type, object_id,
    coalesce(audience, scope.audience, 'everyone'), coalesce(audience_ids, scope.audience_ids, '{}'),
    case when body is not null then sha256(salt || convert_to(body::text, 'UTF8')) end, '')
  returning id into made;
  if body is not null then insert into trail.payload values (made, salt, body); end if;
  return made;
end $$;
comment on function trail.add(text, text, uuid, text, uuid, jsonb, text, uuid[]) is 'kring/accountability/tests/test_trail.py';

-- Fires on every table with a lock: what was added, changed (which fields, never their text) or removed.
create function trail.changed() returns trigger language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  fresh jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  old_one jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  any_row jsonb := coalesce(fresh, old_one);
  fields jsonb;
  hidden text := any_row ->> 'audience';
begin
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_agg(key order by key), '[]') into fields from jsonb_each(fresh) where value is distinct from old_one -> key;
    if fields = '[]' then return null; end if;
  end if;
  perform trail.add(lower(tg_op), 'done', case when tg_argv[0] <> '' then (any_row ->> tg_argv[0])::uuid end,
    tg_table_name, (any_row ->> 'id')::uuid, case when fields is not null then jsonb_build_object('fields', fields) end,
    case when hidden <> 'everyone' then hidden end,
    case when hidden <> 'everyone' then array(select jsonb_array_elements_text(any_row -> 'audience_ids')::uuid) end);
  return null;
end $$;
comment on function trail.changed() is 'kring/accountability/tests/test_trail.py';

-- A refusal is written after the rollback of the page that was refused, in its own transaction.
create function sec.refused(family uuid, what text) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform trail.add('read', 'refused', family, null, null, jsonb_build_object('what', left(what, 200)), 'reviewers');
end $$;
comment on function sec.refused(uuid, text) is 'kring/circle/tests/test_access.py';

-- An act that has no row of its own: an export, a print, a look at the trail itself.
create function sec.note(what text, family uuid, object_type text, object_id uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if family is not null and not family = any (sec.my_families()) then raise exception 'not yours' using errcode = '42501'; end if;
  perform trail.add(left(what, 60), 'done', family, object_type, object_id);
end $$;
comment on function sec.note(text, uuid, text, uuid) is 'kring/accountability/tests/test_trail.py';

-- Who looked or changed, as far as this viewer may hear it (audience per row, harm B4).
create function sec.trail_of(family uuid, since timestamptz, most int) returns table (
  at timestamptz, subject_id uuid, subject_kind text, organisation_id uuid, action text, outcome text, purpose text,
  object_type text
) language sql stable security definer set search_path = pg_catalog as $$
  select e.at, e.subject_id, e.subject_kind, e.organisation_id, e.action, e.outcome, e.purpose, e.object_type
  from trail.event e
  where e.family_id = family and family = any (sec.my_families()) and e.at >= since and e.outcome <> 'refused'
    and (e.audience = 'everyone' or (e.audience = 'professionals' and sec.am_professional())
         or sec.me() = any (e.audience_ids) or e.subject_id = sec.me())
  order by e.at desc limit least(most, 5000)
$$;
comment on function sec.trail_of(uuid, timestamptz, int) is 'kring/accountability/tests/test_trail.py';
