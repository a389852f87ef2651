from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainingrequest",
            name="code",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddIndex(
            model_name="trainingrequest",
            index=models.Index(fields=["code"], name="requests_request_code"),
        ),
    ]
