#!/usr/bin/python3
"""Pictures of the page at phone, laptop and wall size, for people to look at.

    tests/browser/screenshots.py OUT_DIR [--url http://127.0.0.1:8080] [--upto N]
    tests/browser/screenshots.py OUT_DIR --path '/?wall=1' --sizes wall --name wall-
    tests/browser/screenshots.py OUT_DIR --path '/#/dong-thoi-gian?as_of=0:1500' --name history-

Without --url a mock hub plays the day up to event N (default: shortly before the opening).
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import conference_script  # noqa: E402
from browser import Browser  # noqa: E402
from mock_hub import MockHub  # noqa: E402

SIZES = {"phone": (390, 844, 2, True), "laptop": (1366, 768, 1, False), "desktop": (1920, 1080, 1, False),
         "wall": (3840, 2160, 1, False)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--url")
    parser.add_argument("--upto", type=int, default=1760)
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--schemes", default="dark,light")
    parser.add_argument("--languages", default="vi")
    parser.add_argument("--path", default="/", help="page and query, e.g. '/?wall=1' or '/#/chi-so'")
    parser.add_argument("--name", default="", help="put before the names of the pictures")
    options = parser.parse_args()
    Path(options.out).mkdir(parents=True, exist_ok=True)
    hub, url = None, options.url
    if url is None:
        hub = MockHub(conference_script.ROOT / "connectors" / "dashboard" / "dist").start()
        events = conference_script.conference()
        hub.publish(conference_script.index_events())
        hub.publish(events[:options.upto - 5])
        url = hub.url
    for language in options.languages.split(","):
        for scheme in options.schemes.split(","):
            browser = Browser(languages=language, scheme=scheme)
            browser.driver.get(url + options.path)
            time.sleep(1.5)
            if hub is not None and len(hub.journal) < options.upto:
                hub.publish(events[options.upto - 5:options.upto])
            for name in options.sizes.split(","):
                width, height, scale, mobile = SIZES[name]
                browser.resize(width, height, scale, mobile)
                time.sleep(1.6)
                is_wall = "wall=1" in options.path
                full = browser.run("return Math.ceil(document.documentElement.scrollHeight)")
                browser.resize(width, max(height, min(full, 6000)) if not is_wall else height, scale, mobile)
                time.sleep(0.8)
                file = Path(options.out) / f"{options.name}{name}-{scheme}-{language}.png"
                browser.driver.save_screenshot(str(file))
                print(file, f"content {full}px high")
            for line in browser.complaints():
                print("console:", line)
            browser.close()
    if hub is not None:
        hub.stop()


if __name__ == "__main__":
    main()
