"""Counts of the real data folder by DuckDB, written beside this script as real_folder.json.

Run: python tests/golden/store/real_folder.py FOLDER   (duckdb 1.4 or later)
Independent of lib/: the rules of the data contract are written again here, in SQL. Only counts
and small aggregates are kept; the data itself is never committed.
"""
import json
import pathlib
import sys

import duckdb

folder = pathlib.Path(sys.argv[1])
db = duckdb.connect()
db.sql("set TimeZone = 'UTC'; set threads = 1")
for name in ["markets", "prices", "activity", "resolutions", "benchmarks"]:
    db.sql(f"create table {name} as select *, row_number() over () as row_no from read_parquet('{folder}/{name}.parquet')")

db.sql("""
create table judged_markets as select *, case
  when market_id is null or trim(market_id) = '' then 'market id is missing'
  when not regexp_matches(market_id, '^(poly|kalshi):.*\\S') then 'market id is not a known prefix, a colon and a name'
  when venue is null or venue not in ('polymarket', 'kalshi') then 'venue is unknown'
  when (venue = 'polymarket') <> (market_id like 'poly:%') then 'venue does not fit the market id'
  when closes_at < coalesce(created_at, opens_at) then 'scheduled end is before the listing'
  when count(*) over (partition by market_id) > 1 then 'market id stands twice'
  end as reason from markets;
create view good as select market_id from judged_markets where reason is null;
create macro market_reason(id) as case
  when id is null or id = '' then 'market id is missing'
  when id in (select market_id from good) then null
  when id in (select market_id from markets) then 'its market was refused'
  else 'market is not in markets.parquet' end;
create table judged_prices as select *, coalesce(market_reason(market_id), case
  when date is null then 'date is missing'
  when date not between date '2000-01-01' and date '2099-12-31' then 'date is outside 2000 to 2099'
  when close is null or isnan(close) then 'close is missing'
  when close not between 0 and 1 then 'close is outside [0, 1]'
  when count(*) over (partition by market_id, date) > 1 then 'market and date stands twice' end) as reason from prices;
create table judged_activity as select *, coalesce(market_reason(market_id), case
  when date is null then 'date is missing'
  when volume_usd < 0 then 'volume_usd is negative'
  when isinf(volume_usd) then 'volume_usd is infinite'
  when count(*) over (partition by market_id, date) > 1 then 'market and date stands twice' end) as reason from activity;
create table judged_resolutions as select *, coalesce(market_reason(market_id), case
  when resolved_at is null then 'settlement time is missing'
  when payout is null or isnan(payout) then 'payout is missing'
  when payout not between 0 and 1 then 'payout is outside [0, 1]'
  when count(*) over (partition by market_id) > 1 then 'market id stands twice' end) as reason from resolutions;
create table judged_benchmarks as select *, case
  when symbol is null or trim(symbol) = '' then 'symbol is missing'
  when date is null then 'date is missing'
  when kind is null or kind not in ('price', 'level', 'yield', 'spread') then 'kind is unknown'
  when close is null or isnan(close) then 'close is missing'
  when isinf(close) then 'close is infinite'
  when kind = 'price' and close <= 0 then 'close of a price is not positive'
  when count(*) over (partition by symbol, date) > 1 then 'symbol and date stands twice' end as reason from benchmarks;
""")


def one(query):
    return db.sql(query).fetchone()


files = {}
for name in ["markets", "prices", "activity", "resolutions", "benchmarks"]:
    n, good = one(f"select count(*), count(*) filter (reason is null) from judged_{name}")
    reasons = db.sql(f"select reason, count(*) from judged_{name} where reason is not null group by reason order by reason")
    files[f"{name}.parquet"] = {"rows": n, "accepted": good, "reasons": dict(reasons.fetchall())}

result = {
    "files": files,
    "markets": one("select count(*) from good")[0],
    "markets_by_venue": dict(db.sql("select venue, count(*) from judged_markets where reason is null group by venue order by venue").fetchall()),
    "markets_with_30_prices": one("select count(*) from (select 1 from judged_prices where reason is null group by market_id having count(*) >= 30)")[0],
    "sum_of_closes": one("select fsum(close) from judged_prices where reason is null")[0],
    "sum_of_days": one("select sum(date - date '1970-01-01') from judged_prices where reason is null")[0],
    "sum_of_volume_usd": one("select fsum(volume_usd) from judged_activity where reason is null")[0],
    "sum_of_payouts": one("select fsum(payout) from judged_resolutions where reason is null")[0],
    "sum_of_resolved_at_ms": one("select sum(epoch_us(resolved_at) // 1000) from judged_resolutions where reason is null")[0],
    "missing_questions": one("select count(*) from judged_markets where reason is null and question is null")[0],
    "negative_risk": one("select count(*) from judged_markets where reason is null and neg_risk")[0],
    "benchmark_symbols": one("select count(distinct symbol) from judged_benchmarks where reason is null")[0],
    "benchmark_sum_of_closes": one("select fsum(close) from judged_benchmarks where reason is null")[0],
    "first_day": str(one("select min(date) from judged_prices where reason is null")[0]),
    "last_day": str(one("select max(d) from (select max(date) d from judged_prices where reason is null union all select max(date) from judged_activity where reason is null)")[0]),
}
path = pathlib.Path(__file__).parent / "real_folder.json"
path.write_text(json.dumps(result, indent=1, default=int) + "\n")
