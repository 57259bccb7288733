"""The cache of rate limits, behind the login door (no second store beside PostgreSQL)."""

from django.db import migrations

FORWARD = """
create table login_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index login_cache_expires on login_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "drop table login_cache")]
