"""Prints "passed failed skipped" of a JUnit XML file, as ctest and pytest write them."""

import sys
import xml.etree.ElementTree as ET


def counts(path: str) -> tuple:
    passed = failed = skipped = 0
    for case in ET.parse(path).getroot().iter("testcase"):
        children = {child.tag for child in case}
        if children & {"failure", "error"} or case.get("status") == "fail":
            failed += 1
        elif "skipped" in children or case.get("status") in ("notrun", "disabled"):
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


if __name__ == "__main__":
    print(*counts(sys.argv[1]))
