import pytest

PAGES = ["/", "/for-me/", "/referral/", "/relative/", "/advice/", "/e/limites"]


@pytest.mark.parametrize("path", PAGES)
def test_page(visitor, path):
    r = visitor.get(path)
    print(r.content.decode())
    assert r.status_code == 200
    assert not r.cookies
