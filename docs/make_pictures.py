"""Makes the pictures of the READMEs: the views and pages of the sample corpus, photographed in headless Chromium.

Usage: python docs/make_pictures.py   (needs the extra `dev`, Chromium and chromedriver; writes docs/images/*.png)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
LARGEST = 300_000  # bytes: what a README may load
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A view with one of its subjects chosen, at a window of ``width`` × ``height`` pixels."""

    name: str
    view: str
    lang: str
    subject: str
    width: int = 1280
    height: int = 800


@dataclass(frozen=True)
class Page:
    """A page of ``zhize serve``."""

    name: str
    path: str
    width: int = 1280
    height: int = 860


PICTURES = (
    Picture("agencies", "agencies", "zh", "云陵市财政局"),
    Picture("agencies-en", "agencies", "en", "云陵市财政局"),
    Picture("policies", "policies", "zh", "云陵市公共停车设施管理暂行办法"),
)


PAGES = (
    Page("explorer", "/agency/云陵市城市管理局?lang=zh"),
    Page("explorer-en", "/agency/云陵市城市管理局?lang=en"),
)


def browser() -> webdriver.Chrome:
    """Headless Chromium without a connection."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver = shutil.which("chromedriver")
    if not (chromium and driver):
        sys.exit("Chromium and chromedriver are needed (Debian: apt-get install chromium chromium-driver fonts-noto-cjk).")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in FLAGS:
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(driver))


def take(driver: webdriver.Chrome, picture: Picture, page: Path) -> None:
    """Opens ``page``, chooses the subject and writes the picture."""
    open_page(driver, picture, page.as_uri())
    driver.execute_script("zhize.choose(zhize.data.subjects.findIndex((s) => s.name === arguments[0]), false)", picture.subject)
    WebDriverWait(driver, 10).until(lambda d: picture.subject in d.find_element("css selector", "#panel h2").text)
    write(driver, picture.name)


def open_page(driver: webdriver.Chrome, picture: Picture | Page, address: str) -> None:
    """Opens an address in a window of the picture's size, in the light scheme and without motion."""
    size = {"width": picture.width, "height": picture.height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "light"}, {"name": "prefers-reduced-motion", "value": "reduce"},
    ]})  # fmt: skip
    driver.get(address)


def write(driver: webdriver.Chrome, name: str) -> None:
    """Writes the picture. Raises ValueError where it is too large for a README."""
    driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")  # until it is painted
    target = IMAGES / f"{name}.png"
    target.write_bytes(driver.get_screenshot_as_png())
    if target.stat().st_size > LARGEST:
        raise ValueError(f"{target.name}: {target.stat().st_size:,} bytes are more than {LARGEST:,}")
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


def take_pages(driver: webdriver.Chrome, store: Path) -> None:
    """Starts the server on any free port and takes the pictures of its pages."""
    command = [sys.executable, "-m", "zhize", "serve", "--port", "0", "--store", str(store)]
    unbuffered = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", env=unbuffered) as server:  # noqa: S603
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip().rstrip("/")
            for page in PAGES:
                open_page(driver, page, address + quote(page.path, safe="/?=&"))
                write(driver, page.name)
        finally:
            server.terminate()


def main() -> None:
    """Builds the sample corpus and takes all pictures."""
    sys.path.insert(0, str(ROOT))
    from zhize.main import cli  # noqa: PLC0415 - the project is not on the path before

    def zhize(*arguments: object) -> None:
        cli.main([*map(str, arguments)], prog_name="zhize", standalone_mode=False)

    IMAGES.mkdir(exist_ok=True)
    driver = browser()
    try:
        with tempfile.TemporaryDirectory() as folder:
            zhize("build", "--quiet", "--store", Path(folder, "store"))
            for picture in PICTURES:
                page = Path(folder, f"{picture.name}.html")
                zhize("view", picture.view, "--lang", picture.lang, "-o", page, "--store", Path(folder, "store"), "--quiet")
                take(driver, picture, page)
            take_pages(driver, Path(folder, "store"))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
