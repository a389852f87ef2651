"""Let an owner have several generations of a key, and forbid minting where texts were erased."""

from django.db import migrations, models

from spheres.core.row_security import close_tables

KIND = models.CharField(choices=[('REFERRAL', 'Referral'), ('FOLLOW_UP', 'Follow-up'), ('DRAFT', 'Draft'), ('ACCOUNT', 'Account')], max_length=16)

# The shared lock waits for an erasure that is under way (it holds the same lock alone): no key is
# minted between the destruction of the old one and the tombstone.
APART = """
alter table vault_tombstone set schema keys;
grant usage on schema keys to backup;

create function access.refuse_key_after_erasure() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, keys, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.owner_id::text, 0));
  if exists (select from vault_tombstone t where t.owner_id = new.owner_id and t.kind = new.kind) then
    raise exception 'these texts were erased' using errcode = '23001', constraint = 'vault_one_tombstone';
  end if;
  return new;
end $$;
revoke all on function access.refuse_key_after_erasure() from public;

create trigger refuse_after_erasure before insert on vault_datakey
  for each row execute function access.refuse_key_after_erasure();
alter function access.refuse_key_after_erasure() owner to gate;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0002_apart'),
        ('audit', '0004_seal'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='datakey',
            name='vault_one_key_a_kind',
        ),
        migrations.AddField(
            model_name='datakey',
            name='generation',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='datakey',
            constraint=models.UniqueConstraint(fields=('owner_id', 'kind', 'generation'), name='vault_one_key_a_generation'),
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('owner_id', models.UUIDField()),
                ('kind', KIND),
                ('basis', models.CharField(max_length=80)),
                ('erased_on', models.DateField()),
                ('erased_by', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'kind'), name='vault_one_tombstone')],
            },
        ),
        close_tables("vault_tombstone"),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
    ]
