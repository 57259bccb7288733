"""The two schemas that no door can write in: `sec` (who acts) and `trail` (what was done)."""

from django.db import migrations

FORWARD = """
create schema sec authorization kring_sec;
create schema trail authorization kring_sec;
grant usage on schema public to kring_sec;
create table sec.session (
  token_hash bytea primary key,
  subject_id uuid not null,
  kind text not null check (kind in ('professional', 'person', 'sender', 'reporter', 'system')),
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index on sec.session (subject_id);
create index on sec.session (expires_at);
alter table sec.session owner to kring_sec;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
