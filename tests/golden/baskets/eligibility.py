"""The seed plan's eligibility filters in pandas, on a small random universe of two venues.

Run: python eligibility.py > eligibility.json (pandas 3.0.6, numpy 2.4.6)
"""
import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(17)
N, DAYS, START = 48, 60, pd.Timestamp("2025-01-01")
LIMITS = dict(days_to_end=14, total_volume=10_000, recent_volume=500, liquidity=1_000,
              history=14, low=0.05, high=0.95, age=3, still=7)
UNKNOWN_PASSES = {"total_volume", "recent_volume", "liquidity"}

markets, prices, activity, resolutions = [], [], [], []
for j in range(N):
    name = f"{'kalshi' if j % 3 == 0 else 'poly'}:{j:02d}"
    first = int(rng.integers(0, 50))
    opens = START + pd.Timedelta(days=first) if rng.random() < 0.7 else None
    if j == 5:
        opens = START + pd.Timedelta(days=59, hours=12)
    closes = START + pd.Timedelta(days=float(rng.integers(30, 120))) if rng.random() < 0.85 else None
    markets.append(dict(market_id=name, opens_at=opens, closes_at=closes))
    if rng.random() < 0.12:
        resolutions.append(dict(market_id=name, resolved_at=START + pd.Timedelta(days=int(rng.integers(35, 62)))))
    p = rng.uniform(0.03, 0.97)
    last = DAYS if rng.random() < 0.8 else int(rng.integers(first, DAYS + 1))
    stands = rng.random() < 0.25
    for d in range(first, last):
        if not (stands and d > 45):
            p = float(np.clip(p + rng.normal(0, 0.03), 0, 1))
        if rng.random() < 0.92:
            prices.append(dict(market_id=name, date=START + pd.Timedelta(days=d), close=round(p, 2)))
    if rng.random() < 0.25:
        continue
    size = float(np.exp(rng.normal(6, 1.3)))
    for d in range(first, last):
        if rng.random() < 0.85:
            known = rng.random(3) < (0.9, 0.5, 0.6)
            activity.append(dict(
                market_id=name, date=START + pd.Timedelta(days=d),
                volume_usd=round(size * float(rng.uniform(0, 2)), 2) if known[0] else np.nan,
                open_interest=round(size * float(rng.uniform(1, 4)), 2) if known[1] else np.nan,
                liquidity_usd=round(size * float(rng.uniform(0.5, 3)), 2) if known[2] else np.nan))

markets = pd.DataFrame(markets).sort_values("market_id").reset_index(drop=True)
prices = pd.DataFrame(prices).sort_values(["market_id", "date"]).reset_index(drop=True)
activity = pd.DataFrame(activity).sort_values(["market_id", "date"]).reset_index(drop=True)
resolutions = pd.DataFrame(resolutions)


def answer(value, holds):
    return -1 if pd.isna(value) else int(holds)


def judged(day):
    end = day + pd.Timedelta(days=1)
    known = prices[prices.date <= day]
    did = activity[activity.date <= day]
    week = did[did.date > day - pd.Timedelta(days=7)]
    rows = []
    for _, market in markets.iterrows():
        mine = known[known.market_id == market.market_id].set_index("date").close
        listed = market.opens_at if pd.notna(market.opens_at) else (
            prices[prices.market_id == market.market_id].date.min() + pd.Timedelta(days=1))
        if not listed <= end:
            continue
        settled = len(resolutions[(resolutions.market_id == market.market_id) & (resolutions.resolved_at <= end)]) > 0
        past = pd.notna(market.closes_at) and market.closes_at <= end
        volume = did[did.market_id == market.market_id].volume_usd.sum(min_count=1)
        recent = week[week.market_id == market.market_id]
        mean = recent.volume_usd.mean()
        book = recent.liquidity_usd.dropna()
        outstanding = recent.open_interest.dropna()
        liquidity = book.iloc[-1] if len(book) else outstanding.iloc[-1] if len(outstanding) else np.nan
        days_left = (market.closes_at - end) / pd.Timedelta(days=1) if pd.notna(market.closes_at) else np.nan
        a = dict(
            active=int(len(mine) > 0 and not settled and not past),
            days_to_end=answer(days_left, days_left > LIMITS["days_to_end"]),
            total_volume=answer(volume, volume > LIMITS["total_volume"]),
            recent_volume=answer(mean, mean > LIMITS["recent_volume"]),
            liquidity=answer(liquidity, liquidity > LIMITS["liquidity"]),
            history=int(len(mine) >= LIMITS["history"]))
        if len(mine) == 0:
            a["price"] = a["fresh"] = -1
        else:
            last = mine.iloc[-1]
            a["price"] = int(round(LIMITS["low"] * 100) < round(last * 100) < round(LIMITS["high"] * 100))
            tail = mine.reindex(pd.date_range(mine.index[-1] - pd.Timedelta(days=LIMITS["still"] - 1), mine.index[-1]))
            stale = tail.notna().all() and tail.nunique() == 1
            a["fresh"] = int((day - mine.index[-1]).days <= LIMITS["age"] and not stale)
        a["eligible"] = int(all(v == 1 or (v == -1 and k in UNKNOWN_PASSES) for k, v in a.items()))
        number = lambda x: None if pd.isna(x) else float(x)
        rows.append(dict(market_id=market.market_id, **a, volume_usd=number(volume),
                         recent_volume_usd=number(mean), liquidity_usd=number(liquidity)))
    return rows


def ms(time):
    return None if pd.isna(time) else int(time.timestamp() * 1000)


def series(frame, columns):
    return [[None if pd.isna(x) else x for x in frame[c]] for c in columns]


DATES = ["2025-01-20", "2025-02-10", "2025-02-28"]
print(json.dumps(dict(
    versions=dict(pandas=pd.__version__, numpy=np.__version__),
    markets=[[m.market_id, ms(m.opens_at), ms(m.closes_at)] for m in markets.itertuples()],
    resolutions=[[r.market_id, ms(r.resolved_at)] for r in resolutions.itertuples()],
    prices=[[m, [(d - START).days for d in g.date], *series(g, ["close"])] for m, g in prices.groupby("market_id")],
    activity=[[m, [(d - START).days for d in g.date], *series(g, ["volume_usd", "open_interest", "liquidity_usd"])]
              for m, g in activity.groupby("market_id")],
    start=START.strftime("%Y-%m-%d"),
    expected={date: judged(pd.Timestamp(date)) for date in DATES},
)))
