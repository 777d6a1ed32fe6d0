"""URLs of servers: what is understood, what is refused, and that a password is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import AddressError
from graph.remote.address import Address, address_of, cache_folder, is_address

SECRET = "geheim"


@pytest.mark.parametrize(
    ("text", "url", "user", "password"),
    [
        pytest.param("http://localhost:7878", "http://localhost:7878", "", "", id="base"),
        pytest.param("http://localhost:7878/", "http://localhost:7878", "", "", id="slash at the end"),
        pytest.param("HTTPS://Graph.example/ds/sparql", "https://graph.example/ds/sparql", "", "", id="path, capitals"),
        pytest.param("http://dba:geheim@host:8890/sparql", "http://host:8890/sparql", "dba", SECRET, id="user and password"),
        pytest.param("http://a%40b:p%3A%2F@host", "http://host", "a@b", "p:/", id="escaped user and password"),
        pytest.param("http://[::1]:7878", "http://[::1]:7878", "", "", id="IPv6"),
    ],
)
def test_understood(text: str, url: str, user: str, password: str) -> None:
    assert is_address(text)
    assert address_of(text, {}) == Address(url, user, password)


@pytest.mark.parametrize(
    "text", ["http://", "http://:80", "http://host:99999", "http://host/?x=1", "http://host/#x", "http://ho st/", "http://[::1"]
)
def test_refused(text: str) -> None:
    with pytest.raises(AddressError):
        address_of(text, {})


@pytest.mark.parametrize("text", ["./zhize-data", "/srv/http", "http", "C:\\data", "ftp://host/"])
def test_a_folder_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_the_environment_adds_what_the_url_leaves_open() -> None:
    given = {"ZHIZE_STORE_USER": "anna", "ZHIZE_STORE_PASSWORD": SECRET, "ZHIZE_STORE_UPDATE": "http://h/u"}
    assert address_of("http://h", given) == Address("http://h", "anna", SECRET, "http://h/u")
    assert address_of("http://dba:dba@h", given).user == "dba"


def test_a_password_is_not_shown() -> None:
    address = address_of(f"http://dba:{SECRET}@host:8890", {})
    assert SECRET not in f"{address} {address!r} {cache_folder(address, {})}"
    with pytest.raises(AddressError) as caught:
        address_of(f"http://dba:{SECRET}@host:8890/?x", {})
    assert SECRET not in str(caught.value)


def test_folders_of_servers() -> None:
    one, two = (cache_folder(address_of(f"http://h:{port}", {}), {"ZHIZE_CACHE": "/c"}) for port in (1, 2))
    assert one != two and one.parent == Path("/c")
    assert cache_folder(address_of("http://u:p@h:1", {}), {"ZHIZE_CACHE": "/c"}) == one
    assert cache_folder(address_of("http://h:1", {}), {"XDG_CACHE_HOME": "/x"}).parent == Path("/x/zhize")
