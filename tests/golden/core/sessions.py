"""Golden closes in UTC from Python's zoneinfo. Run: python sessions.py > sessions.json"""
import json
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

cases = [
    ("America/New_York", "16:00"), ("America/New_York", "17:00"), ("Europe/London", "16:30"),
    ("Europe/Berlin", "17:30"), ("Asia/Tokyo", "15:00"), ("Asia/Hong_Kong", "16:00"),
]
days = [
    "2024-01-02", "2024-03-08", "2024-03-11", "2024-03-28", "2024-04-02", "2024-10-25",
    "2024-10-28", "2024-11-01", "2024-11-04", "2025-07-15", "2026-02-27",
]
out = []
for zone, close in cases:
    hour, minute = map(int, close.split(":"))
    for day in days:
        y, m, d = map(int, day.split("-"))
        at = datetime(y, m, d, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
        out.append([zone, close, day, at.hour * 60 + at.minute])
print(json.dumps(out))
