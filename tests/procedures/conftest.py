import pytest

from tests.procedures.town import Town, build


@pytest.fixture
def town(db: None) -> Town:
    return build()
