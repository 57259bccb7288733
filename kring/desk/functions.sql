-- A team leader's numbers: how many circles each of one's people stands in, without seeing one.
create function sec.caseload(organisation uuid) returns table (professional_id uuid, families bigint, fixed_face bigint, sight bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not organisation = any (sec._holds(sec.me(), 'team_leader')) then
    raise exception 'for the team leader' using errcode = '42501';
  end if;
  return query
    select p.id, count(m.id), count(m.id) filter (where c.fixed_face_id = m.id), count(m.id) filter (where c.sight_owner_id = m.id)
    from public.accounts_professional p
    left join public.circle_membership m on m.professional_id = p.id and sec._is_active(m)
    left join public.circle_circle c on c.family_id = m.family_id
    where p.organisation_id = organisation and p.active
    group by p.id;
end $$;
comment on function sec.caseload(uuid) is 'kring/desk/tests/test_desk.py';
