"""Openings and closes of sessions as UTC instants, by Python's zoneinfo.

Run: python tests/golden/sources/session_days.py > tests/golden/sources/session_days.json
"""

import datetime as dt
import json
from zoneinfo import ZoneInfo

SESSIONS = [
    ("America/New_York", "09:30", "16:00"),
    ("America/New_York", "00:00", "17:00"),
    ("America/Chicago", "07:20", "14:00"),
    ("Asia/Tokyo", "09:00", "15:30"),
    ("Asia/Hong_Kong", "09:30", "16:00"),
    ("Europe/London", "08:00", "16:30"),
    ("Europe/London", "00:00", "23:59"),
    ("Europe/Berlin", "09:00", "17:30"),
    ("UTC", "00:00", "23:59"),
]
# Mondays about the changes of the clocks in America and Europe, midwinter, midsummer.
DATES = [
    "2022-01-03", "2024-02-29", "2025-03-10", "2025-03-31", "2025-06-30",
    "2025-10-27", "2025-11-03", "2026-03-09", "2026-03-30", "2026-10-26",
]


def instant(date, clock, zone):
    local = dt.datetime.combine(dt.date.fromisoformat(date), dt.time.fromisoformat(clock), ZoneInfo(zone))
    return int(local.timestamp())


def utc_date(seconds):
    return dt.datetime.fromtimestamp(seconds, dt.timezone.utc).date().isoformat()


rows = []
for zone, opens, closes in SESSIONS:
    for date in DATES:
        stamp, close = instant(date, opens, zone), instant(date, closes, zone)
        rows.append({"zone": zone, "date": date, "stamp": stamp, "openedOn": utc_date(stamp), "closedOn": utc_date(close)})
print(json.dumps(rows, indent=1))
