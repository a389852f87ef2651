"""What do these tests stand on? The cast, and the words of the demo region."""

from collections.abc import Iterator

import pytest

from tests.region import demo_words


@pytest.fixture(autouse=True)
def region(db: None) -> Iterator[None]:
    with demo_words():
        yield
