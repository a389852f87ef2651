from django.db import migrations, models

from spheres.core.row_security import close_tables, unforced

KEPT = "password <> '' and password not like '!%%'"  # what begins with ! opened nothing


def move_hashes(apps, schema_editor):
    """Each hash goes to the doorkeeper's own table; none stays where every member may read."""
    with unforced(schema_editor.connection), schema_editor.connection.cursor() as cursor:
        cursor.execute(f"select count(*) from accounts_user where {KEPT}", [])  # noqa: S608 -- ours
        (expected,) = cursor.fetchone()
        cursor.execute(
            "insert into accounts_password (id, user_id, hash) "
            f"select gen_random_uuid(), id, password from accounts_user where {KEPT}",  # noqa: S608
            [],
        )
        assert cursor.rowcount == expected
        cursor.execute("update accounts_user set password = '' where password <> ''")


class Migration(migrations.Migration):
    """The column stays for one release, empty, so that the code before this one goes on serving."""

    dependencies = [("accounts", "0002_sign_in")]

    operations = [
        migrations.CreateModel(
            name="Password",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user_id", models.UUIDField(unique=True)),
                ("hash", models.CharField(max_length=128)),
            ],
        ),
        migrations.RunPython(move_hashes, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Confirmed",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("confirmed_by", models.UUIDField()),
                ("confirmed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation_id", "user_id"], name="accounts_confirmed_who"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user_id", models.UUIDField()),
                ("organisation_id", models.UUIDField()),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("seen_on", models.DateField()),
                ("second_id", models.UUIDField()),
            ],
            options={
                "indexes": [models.Index(fields=["user_id"], name="accounts_recovery_user")],
            },
        ),
        migrations.CreateModel(
            name="RecoveryStatus",
            fields=[
                ("status", models.CharField(max_length=32)),
                ("status_by", models.UUIDField()),
                ("status_at", models.DateTimeField()),
                (
                    "recovery",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="accounts.recovery",
                    ),
                ),
                ("vouched_by", models.UUIDField(null=True)),
                ("vouched_at", models.DateTimeField(null=True)),
                ("vouched_seen_on", models.DateField(null=True)),
                ("expires_at", models.DateTimeField()),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("authenticator", "model_id", models.UUIDField(null=True)),
        migrations.AddField("authenticator", "can_sync", models.BooleanField(null=True)),
        migrations.AddField("authenticator", "is_synced", models.BooleanField(null=True)),
        migrations.AddField("invitation", "recovery_id", models.UUIDField(null=True)),
        migrations.AlterField(
            "session",
            "ended_why",
            models.CharField(
                blank=True,
                choices=[
                    ("LEFT", "You signed out."),
                    (
                        "REPLACED",
                        "You signed in on another device, and the oldest one was ended.",
                    ),
                    ("REVOKED", "You ended this session from another device."),
                    ("CLOSED", "Your access was ended by your organisation."),
                    (
                        "RECOVERY",
                        "Two people said, in person, that you lost all your devices. If it is "
                        "not so, sign in: that stops it.",
                    ),
                ],
                max_length=12,
            ),
        ),
        # Only now: nobody has a policy on a table just closed, the owner neither.
        close_tables(
            "accounts_password",
            "accounts_confirmed",
            "accounts_recovery",
            "accounts_recoverystatus",
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("user", "password")],
            database_operations=[
                migrations.RunSQL(
                    [
                        "alter table accounts_user alter column password set default ''",
                        # Whatever still runs the code before cannot put a hash back.
                        "alter table accounts_user add constraint accounts_user_no_hash "
                        "check (password = '' or password like '!%')",
                    ],
                    [
                        "alter table accounts_user drop constraint accounts_user_no_hash",
                        "alter table accounts_user alter column password drop default",
                    ],
                )
            ],
        ),
    ]
