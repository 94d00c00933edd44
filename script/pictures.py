"""Take the pictures of the README from the demo city's site, in a real browser.

Run by the virtual environment's Python after script/demo --no-serve and script/test; needs Debian's chromium.
"""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
PICTURES = {"goal-page": "/2020/mal/1.2/", "matrix": "/2020/matris/"}
SIZE = {"width": 1200, "height": 900}


def main():
    chromium = shutil.which("chromium")
    if chromium is None:
        return "chromium is not installed"
    port = _free_port()
    site = subprocess.Popen([ROOT / ".venv" / "bin" / "ledtrad", "serve", "--port", str(port)])
    try:
        _wait_for(port)
        _take(chromium, f"http://127.0.0.1:{port}")
    finally:
        site.terminate()
        site.wait(timeout=30)
    return 0


def _take(chromium, site):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE)
        for name, address in PICTURES.items():
            page.goto(site + address)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the site did not open")


if __name__ == "__main__":
    sys.exit(main())
