"""Writes parquet_types.parquet, a small file of every type a table can hold, and its values as JSON.

Run: python tests/golden/store/parquet_types.py   (pyarrow 21 or later)
The values are written from Python's own objects, not read back from the file.
"""
import datetime as dt
import json
import pathlib
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
utc = dt.timezone.utc
epoch = dt.datetime(1970, 1, 1, tzinfo=utc)
instants = [dt.datetime(2024, 2, 29, 12, 30, 15, 250000, utc), None,
            dt.datetime(1969, 12, 31, 23, 59, 59, 999000, utc),
            dt.datetime(1970, 1, 1, tzinfo=utc), dt.datetime(2025, 9, 30, 23, 59, 59, tzinfo=utc)]
days = [dt.date(2024, 2, 29), None, dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(2099, 12, 31)]
texts = ["poly:1", "poly:1", None, "", "Zürich ≥ 40°\U0001F321"]
whole = [0, -1, 127, 5, -128]
ns = [1_709_209_815_250_999_999, None, -1, 0, 1_759_276_799_000_000_000]


def ms(instant, unit=1):
    return None if instant is None else (instant - epoch) // dt.timedelta(milliseconds=unit) * unit


def naive(instant):
    return None if instant is None else instant.replace(tzinfo=None)


columns = {
    "utf8": (pa.array(texts, pa.string()), "string", texts),
    "large_utf8": (pa.array(texts, pa.large_string()), "string", texts),
    "dictionary": (pa.array(texts, pa.string()).dictionary_encode(), "string", texts),
    "null": (pa.nulls(5), "string", [None] * 5),
    "bool": (pa.array([True, None, False, True, False]), "bool", [True, None, False, True, False]),
    "float64": (pa.array([0.1, None, 5e-324, float("nan"), -1e308]), "number", [0.1, None, 5e-324, None, -1e308]),
    "float32": (pa.array([0.5, None, -2.25, 0, 3], pa.float32()), "number", [0.5, None, -2.25, 0, 3]),
    "int8": (pa.array(whole, pa.int8()), "integer", whole),
    "int32": (pa.array([2**31 - 1, -2**31, 0, 1, 2], pa.int32()), "integer", [2**31 - 1, -2**31, 0, 1, 2]),
    "int32_null": (pa.array([1, None, 3, 4, 5], pa.int32()), "number", [1, None, 3, 4, 5]),
    "uint16": (pa.array([65535, 0, 1, 2, 3], pa.uint16()), "integer", [65535, 0, 1, 2, 3]),
    "uint32": (pa.array([2**32 - 1, 0, 1, 2, 3], pa.uint32()), "number", [2**32 - 1, 0, 1, 2, 3]),
    "int64": (pa.array([2**53, None, -2**53, 0, 1]), "number", [2**53, None, -2**53, 0, 1]),
    "decimal": (pa.array([Decimal("0.015"), None, Decimal("-12.340"), Decimal("0"), Decimal("99999.999")], pa.decimal128(12, 3)),
                "number", [0.015, None, -12.34, 0, 99999.999]),
    "date32": (pa.array(days, pa.date32()), "date",
               [None if d is None else (d - epoch.date()).days for d in days]),
    "timestamp_s": (pa.array([naive(i and i.replace(microsecond=0)) for i in instants], pa.timestamp("s")), "timestamp",
                    [ms(i and i.replace(microsecond=0)) for i in instants]),
    "timestamp_ms_utc": (pa.array(instants, pa.timestamp("ms", "UTC")), "timestamp", [ms(i) for i in instants]),
    "timestamp_us_tz": (pa.array(instants, pa.timestamp("us", "America/New_York")), "timestamp", [ms(i) for i in instants]),
    "timestamp_ns": (pa.array(ns, pa.timestamp("ns")), "timestamp", [None if t is None else t // 1_000_000 for t in ns]),
}
table = pa.table({name: array for name, (array, _, _) in columns.items()})
pq.write_table(table, here / "parquet_types.parquet", row_group_size=2, compression="snappy")
expected = {name: {"type": type_, "values": values} for name, (_, type_, values) in columns.items()}
(here / "parquet_types.json").write_text(json.dumps(expected, indent=1) + "\n")
