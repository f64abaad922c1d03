"""Validates data as the hub does: the formats are checked, and `$` in a pattern means the end of the text, as in RE2."""
import datetime
import re

import jsonschema

DATE_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\Z")
URI_REFERENCE = re.compile(r"^[^\x00-\x20\"<>\\^`{|}\x7f]*\Z")


def _date(value):
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _date_time(value):
    match = DATE_TIME.match(value)
    if not match or not _date(match[1]):
        return False
    zone = match[6]
    zone_ok = zone in "Zz" or (int(zone[1:3]) < 24 and int(zone[4:6]) < 60)
    return int(match[2]) < 24 and int(match[3]) < 60 and int(match[4]) <= 60 and zone_ok


CHECKS = {"date": _date, "date-time": _date_time, "uri-reference": lambda v: bool(URI_REFERENCE.match(v))}
FORMATS = jsonschema.FormatChecker(formats=())
for _name, _check in CHECKS.items():
    FORMATS.checks(_name)(lambda v, check=_check: check(v) if isinstance(v, str) else True)


def _pattern(validator, pattern, instance, schema):
    if validator.is_type(instance, "string") and not re.search(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _pattern})


def errors(schema, data):
    """[(pointer, message)] for one instance, empty when it is valid."""
    found = Validator(schema, format_checker=FORMATS).iter_errors(data)
    return [("".join(f"/{part}" for part in error.absolute_path), error.message) for error in found]
