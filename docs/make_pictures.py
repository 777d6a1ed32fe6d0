"""Makes the pictures of the READMEs: the views of the sample corpus, photographed in headless Chromium.

Usage: python docs/make_pictures.py   (needs the extra `dev`, Chromium and chromedriver; writes docs/images/*.png)
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
LARGEST = 300_000  # bytes: what a README may load
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND")


@dataclass(frozen=True)
class Picture:
    """A view with one of its subjects chosen, at a window of ``width`` × ``height`` pixels."""

    name: str
    view: str
    lang: str
    subject: str
    width: int = 1280
    height: int = 800


PICTURES = (
    Picture("agencies", "agencies", "zh", "云陵市财政局"),
    Picture("agencies-en", "agencies", "en", "云陵市财政局"),
    Picture("policies", "policies", "zh", "云陵市公共停车设施管理暂行办法"),
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


def take(driver: webdriver.Chrome, picture: Picture, page: Path) -> Path:
    """Opens ``page``, chooses the subject and writes the picture. Raises ValueError where it is too large for a README."""
    size = {"width": picture.width, "height": picture.height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "light"}, {"name": "prefers-reduced-motion", "value": "reduce"},
    ]})  # fmt: skip
    driver.get(page.as_uri())
    driver.execute_script("zhize.choose(zhize.data.subjects.findIndex((s) => s.name === arguments[0]), false)", picture.subject)
    WebDriverWait(driver, 10).until(lambda d: picture.subject in d.find_element("css selector", "#panel h2").text)
    driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")  # until it is painted
    target = IMAGES / f"{picture.name}.png"
    target.write_bytes(driver.get_screenshot_as_png())
    if target.stat().st_size > LARGEST:
        raise ValueError(f"{target.name}: {target.stat().st_size:,} bytes are more than {LARGEST:,}")
    return target


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
                target = take(driver, picture, page)
                print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
