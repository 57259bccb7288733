-- Telling somebody: the only writer of notices. It carries a kind and a path, never a text; about a family only by who
-- may see that family.
create function sec.tell(
  notice uuid, receiver uuid, receiver_kind text, kind text, family uuid, path text, urgent boolean, dispatch uuid
) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if sec.me() is null then raise exception 'nobody tells' using errcode = '42501'; end if;
  if family is not null and not family = any (sec.my_families()) then
    raise exception 'not yours to tell of' using errcode = '42501';
  end if;
  insert into public.notices_notice (id, version, to_id, to_kind, from_id, kind, family_id, path, urgent)
  values (notice, 1, receiver, receiver_kind, sec.me(), kind, family, path, urgent);
  if dispatch is not null then
    insert into public.notices_dispatch (id, version, notice_id, state, channels, why) values (dispatch, 1, notice, 'waiting', '', '');
  end if;
end $$;
comment on function sec.tell(uuid, uuid, text, text, uuid, text, boolean, uuid) is 'kring/notices/tests/test_telling.py';

-- What a job needs to know of the notice behind a waiting sign (notices are their receiver's own).
create function sec.told(dispatch uuid) returns table (
  notice_id uuid, to_id uuid, to_kind text, family_id uuid, urgent boolean, read boolean
) language sql stable security definer set search_path = pg_catalog as $$
  select n.id, n.to_id, n.to_kind::text, n.family_id, n.urgent, n.read_at is not null
  from public.notices_dispatch d join public.notices_notice n on n.id = d.notice_id
  where d.id = dispatch and sec.my_kind() = 'system'
$$;
comment on function sec.told(uuid) is 'kring/notices/tests/test_outbox.py';
