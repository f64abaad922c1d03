"""A headless Chromium that asks nothing of anybody but the page under test, and what the tests want to know from it."""

import json
import shutil
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb"]


class Browser:
    """Owns the browser, its driver and a fresh profile; close() ends and removes all three."""

    def __init__(self, languages="vi-VN,vi", size=(1366, 768), scheme="dark", reduced_motion=False):
        self.profile = tempfile.mkdtemp(prefix="dongbo-browser-")
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in FLAGS + [f"--user-data-dir={self.profile}", f"--window-size={size[0]},{size[1]}",
                             f"--lang={languages.split(',')[0]}", f"--accept-lang={languages}"]:
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"intl.accept_languages": languages})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_script_timeout(20)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        if reduced_motion:
            features.append({"name": "prefers-reduced-motion", "value": "reduce"})
        self.command("Emulation.setEmulatedMedia", {"features": features})
        self.resize(*size)
        self.asked = []  # every URL this browser asked for

    def command(self, name, parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def resize(self, width, height, scale=1, mobile=False):
        self.command("Emulation.setDeviceMetricsOverride",
                     {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile})

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def requested(self):
        """Every address asked for over a network since the start, in order: not data:, nor what a start page of the browser's own
        asks of the browser (chrome:, chrome-untrusted:)."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
        return [url for url in self.asked if url.startswith(("http:", "https:", "ws:", "wss:"))]

    def complaints(self):
        """What the console shows as warning or error since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)
