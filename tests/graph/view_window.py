"""A window of headless Chromium on one page at a time, without any connection."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.view import write_view

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip

NEEDED = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs Chromium and chromedriver (Debian: apt-get install chromium chromium-driver)"
)
VISIBLE = """return [...document.querySelectorAll(arguments[0])].map((element) =>
  element.checkVisibility({ checkVisibilityCSS: true }) ? (element.innerText ?? element.textContent).trim() : "")"""
Pages = Mapping[str, Callable[[], str]]


class Browser:
    """A window on one page at a time."""

    def __init__(self, driver: Any, folder: Path, pages: Pages) -> None:
        self.driver, self.folder, self.pages = driver, folder, pages

    def open(self, name: str, width: int = 1280, height: int = 800, scheme: str = "light", address: str = "") -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        path = self.folder / f"{name.replace(' ', '-')}.html"
        if not path.exists():
            write_view(self.pages[name](), path)
        self.driver.get("about:blank")
        self.driver.get(path.as_uri() + address)
        self.complaints()

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    @property
    def active(self) -> Any:
        """The element that has the keyboard."""
        return self.driver.switch_to.active_element

    def texts(self, selector: str) -> list[str]:
        """What a person reads in each element, all at one moment: a page may draw them anew between two questions."""
        found: list[str] = self.run(VISIBLE, selector)
        return found

    def text(self, selector: str) -> str:
        return self.texts(selector)[0]

    def click_at(self, x: float, y: float) -> None:
        """A real click in the drawing, in pixels from its corner."""
        from selenium.webdriver import ActionChains

        net = self.one("#net")
        box = net.rect
        ActionChains(self.driver).move_to_element_with_offset(
            net, int(x - box["width"] / 2), int(y - box["height"] / 2)
        ).click().perform()

    def click_subject(self, name: str) -> None:
        place = self.run("return zhize.canvas.place(zhize.data.subjects.findIndex((s) => s.name === arguments[0]))", name)
        self.click_at(place["x"], place["y"])
        self.wait(lambda: self.texts("#panel h2") == [name])

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < end, self.text("#panel")
            time.sleep(0.02)

    def pick(self, selector: str, value: str) -> None:
        from selenium.webdriver.support.select import Select

        Select(self.one(selector)).select_by_value(value)

    def complaints(self) -> list[str]:
        """What the browser has written to its console since the last call: errors, refused scripts and styles."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@contextmanager
def window(folder: Path, pages: Pages) -> Iterator[Browser]:
    """A browser that opens ``pages`` by name; they are written to ``folder`` when they are first asked for."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield Browser(driver, folder, pages)
    finally:
        driver.quit()
