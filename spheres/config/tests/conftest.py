"""What do these tests stand on? A folder that any account can reach, as a project's folder is."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.deciding import House

# What would make a start use another database, key or folder than the test's own.
STEERING = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_BACKUP_URL",
    "DATABASE_ADMIN_URL",
    "SPHERES_KEY_FILE",
    "SPHERES_VAR",
)


@pytest.fixture(scope="module")
def project_var():
    """A fresh var/ folder. Not tmp_path: that one is closed to the account PostgreSQL runs as."""
    folder = Path(tempfile.mkdtemp(prefix="spheres-test-"))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def no_steering():
    with pytest.MonkeyPatch.context() as patch:
        for name in STEERING:
            patch.delenv(name, raising=False)
        yield patch


@pytest.fixture
def house(cast: Cast) -> House:
    """Those of La Maison who keep its files, who decide by two what becomes of them."""
    return House(cast)
