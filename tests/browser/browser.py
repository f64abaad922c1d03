"""A headless Chromium that asks nothing of anybody but the page under test, and what the tests want to know from it."""

import atexit
import json
import shutil
import tempfile

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb"]


# Chromiums that nobody uses now, by languages: starting one takes a second and a half, a third of a test.
idle = {}


class Chromium:
    """A browser process with its driver and profile."""

    def __init__(self, languages):
        self.languages = languages
        self.profile = tempfile.mkdtemp(prefix="dongbo-browser-")
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in FLAGS + [f"--user-data-dir={self.profile}", f"--lang={languages.split(',')[0]}",
                             f"--accept-lang={languages}"]:
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"intl.accept_languages": languages})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_script_timeout(20)
        self.blank = self.driver.current_window_handle  # stays open while others come and go

    def clean(self):
        """Closes every window but the blank one, and forgets what they left. Storage and cache are by address, and every hub under
        test has its own."""
        for window in self.driver.window_handles:
            if window != self.blank:
                self.driver.switch_to.window(window)
                self.driver.close()
        self.driver.switch_to.window(self.blank)
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)

    def end(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)


@atexit.register
def end_idle():
    while idle:
        for chromium in idle.popitem()[1]:
            chromium.end()


class Browser:
    """A new window in a Chromium of its own; close() closes it and leaves the Chromium to the next."""

    def __init__(self, languages="vi-VN,vi", size=(1366, 768), scheme="dark", reduced_motion=False):
        left = idle.get(languages)
        self.chromium = left.pop() if left else Chromium(languages)
        self.driver = self.chromium.driver
        self.driver.switch_to.new_window("window")
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
        try:
            self.chromium.clean()
        except WebDriverException:  # it hangs in a dialogue, or is gone: the next one starts its own
            self.chromium.end()
        else:
            idle.setdefault(self.chromium.languages, []).append(self.chromium)
