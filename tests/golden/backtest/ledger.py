"""A toy universe of twelve contracts with every hard case, and what baskets on it are worth.

A plain loop over days with dictionaries, one for each track, written from the accounting in
docs/methods.md; nothing of Basketry is used but config/fees.yaml. Days count from 2026-06-15, so that
both venues change their fees within the first month.

Run: python ledger.py > ledger.json (numpy 2.4.6, pandas 3.0.6, PyYAML 6.0.3)
"""
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

FIRST = pd.Timestamp("2026-06-15")
LAST = 129
MAX_AGE, MIN_MARKETS, CAPITAL, HALF = 3, 5, 10_000, 0.01
FEES = yaml.safe_load((Path(__file__).parents[3] / "config" / "fees.yaml").read_text())

# id: (theme, days with a close, settlement day, payout)
CONTRACTS = {
    "kalshi:A": ("us_economic", range(0, 96), None, None),
    "poly:B": ("sports", range(0, 20), 20, 1.0),
    "poly:C": ("crypto_digital", range(0, 25), 25, 0.37),
    "kalshi:D": ("us_elections", range(0, 27), 25, 0.5),
    "poly:E": ("us_elections", range(0, 16), None, None),
    "kalshi:F": (None, range(0, 36), 35, 0.0),
    "poly:G": ("us_economic", range(0, 8), 5, 1.0),
    "kalshi:H": ("crypto_digital", range(0, 96), 70, 1.0),
    "poly:I": ("middle_east", range(0, 96, 2), None, None),
    "kalshi:J": ("sports", range(33, 90), 90, 0.0),
    "poly:K": ("unlisted_theme", range(0, 96), 70, 1.0),
    "poly:L": ("sports", range(0, 96), 70, 0.0),
}

rng = np.random.default_rng(3)
closes, quotes = {}, {}
for market, (_, days, _, _) in CONTRACTS.items():
    walk = np.clip(rng.uniform(0.2, 0.8) + np.cumsum(rng.normal(0, 0.02, LAST + 1)), 0.03, 0.97).round(3)
    closes[market] = {day: float(walk[day]) for day in days}
    quotes[market] = {
        day: (round(closes[market][day] - 0.004, 4), round(closes[market][day] + 0.012, 4))
        for day in days if market in ("poly:B", "kalshi:A") and day % 5 != 0
    }
for day in range(30, 40):
    closes["kalshi:H"][day] = 1.0
for day in range(60, 70):
    closes["poly:L"][day] = 0.004
for day in range(8, 12):
    closes["poly:L"][day] = 0.0


def last(market, day):
    """Day of the last close on or before `day`, or None."""
    known = [d for d in closes[market] if d <= day]
    return max(known) if known else None


def side_price(market, side, day):
    close = closes[market][last(market, day)]
    return close if side == "yes" else 1 - close


def rate(market, q, points, day):
    """Spread and fee of a dollar."""
    quote = quotes[market].get(last(market, day))
    half = HALF if quote is None else (quote[1] - quote[0]) / 2
    venue = "polymarket" if market.startswith("poly:") else "kalshi"
    date = str((FIRST + pd.Timedelta(days=day)).date())
    schedule = max((s for s in FEES["schedules"] if s["venue"] == venue and s["from"] <= date), key=lambda s: s["from"])
    themes = FEES["venues"][venue]
    category = schedule["categories"][themes["themes"].get(CONTRACTS[market][0], themes["default"])]
    dollars = points / 100 * CAPITAL
    unit = schedule["rounding"]["unit"]
    units = dollars / q * category["rate"] * (q * (1 - q)) ** category["exponent"] / unit
    units = math.ceil(units - 1e-6) if schedule["rounding"]["mode"] == "up" else math.floor(units + 0.5 + 1e-6)
    return min(half / q, 1) + max(units, 0) * unit / dollars


def cost_of(trades, value, day, pays):
    """Points that trades {(market, side): points} cost, at most the value."""
    if not pays:
        return 0.0
    return min(value, sum(
        points * rate(market, side_price(market, side, day), points, day)
        for (market, side), points in trades.items() if points >= 1e-9
    ))


def replay(basket, policy, pays):
    """Values from the first trade date on, and rows of what was held."""
    scheduled = {decision["day"] + 1: decision for decision in basket["decisions"]}
    start = min(scheduled)
    shares, cash, values, rows, refusals = {}, 100.0, [], [], []
    emergency, refused = {}, False
    for day in range(start, LAST + 1):
        before = len(shares)
        paid = {key: n for key, n in shares.items() if CONTRACTS[key[0]][2] == day}
        proceeds = sum(
            n * (CONTRACTS[market][3] if side == "yes" else 1 - CONTRACTS[market][3]) for (market, side), n in paid.items()
        )
        shares = {key: n for key, n in shares.items() if key not in paid}
        q = {key: side_price(*key, day) for key in shares}
        held = sum(n * q[key] for key, n in shares.items())
        decision = scheduled.get(day) or emergency.get(day)
        if decision is not None:
            value = cash + proceeds + held
            stale = {key for key in shares if day - last(key[0], day) > MAX_AGE}
            stale_share = sum(shares[key] * q[key] for key in stale) / (value or 1)
            weights = {}
            for market, side, weight in decision["targets"] if decision["status"] == "held" else []:
                settled, seen = CONTRACTS[market][2], last(market, day)
                if settled is not None and settled <= day or seen is None or day - seen > MAX_AGE:
                    continue
                if 0 < side_price(market, side, day) < 1:
                    weights[market, side] = weight
            total = sum(weights.values())
            if total + stale_share > 1:
                weights = {key: weight * (1 - stale_share) / total for key, weight in weights.items()}
            trades = {
                key: abs(weights.get(key, 0) * value - shares.get(key, 0) * q.get(key, 0))
                for key in {*shares, *weights} if key not in stale
            }
            left = value - cost_of(trades, value, day, pays)
            cash = left * (1 - sum(weights.values()) - stale_share)
            for key in sorted({*weights, *stale}):
                kept = shares[key] * q[key] / (value or 1) if key in stale else weights[key]
                rows.append([day, *key, kept, "carried=stale price" if key in stale else "target"])
            if not weights and not stale:
                sold = "sold=infeasible" if decision["status"] == "infeasible" else "sold=nothing to hold"
                rows.extend([day, *key, 0.0, sold] for key in sorted(shares))
            shares = {
                **{key: shares[key] * left / (value or 1) for key in stale},
                **{key: weight * left / side_price(*key, day) for key, weight in weights.items()},
            }
            if day in scheduled:
                refused = False
        elif policy == "redistribute" and proceeds > 0 and held > 0:
            value = cash + proceeds + held
            parts = {key: proceeds * n * q[key] / held for key, n in shares.items() if n * q[key] > 0}
            left = value - cost_of(parts, value, day, pays)
            shares = {key: (n + (parts[key] / q[key] if key in parts else 0)) * left / value for key, n in shares.items()}
            cash *= left / value
        else:
            cash += proceeds
        fell = decision is None and before >= MIN_MARKETS > len(shares)
        if fell and not refused and day + 1 not in scheduled and day + 1 <= LAST:
            answer = basket["reconsider"].get(day)
            if answer is not None and answer["status"] == "held":
                emergency[day + 1] = answer
            else:
                refused = True
                refusals.append([day, "no decision" if answer is None else "infeasible", len(shares)])
        values.append(cash + sum(n * side_price(*key, day) for key, n in shares.items()))
    return values, rows, refusals


def decision(day, targets, status="held"):
    return {"day": day, "status": status, "targets": targets}


six = [["kalshi:A", "yes", 0.2], ["poly:B", "yes", 0.2], ["poly:C", "no", 0.2], ["kalshi:D", "yes", 0.2], ["poly:E", "no", 0.15]]
BASKETS = {
    "all the cases": {
        "decisions": [
            decision(4, six + [["poly:G", "yes", 0.02], ["kalshi:J", "yes", 0.01], ["poly:I", "yes", 0.02]]),
            # F settles on the trade date; H stands at 1; E is stale and carried; I changes its side; the rest is scaled
            decision(34, [["kalshi:A", "no", 0.3], ["kalshi:F", "no", 0.05], ["kalshi:H", "yes", 0.05], ["poly:E", "no", 0.05],
                          ["poly:I", "no", 0.3], ["kalshi:J", "yes", 0.2], ["poly:K", "yes", 0.2]]),
            decision(64, [["kalshi:A", "yes", 0.5]], "infeasible"),
            decision(84, [["kalshi:A", "yes", 0.4], ["kalshi:J", "no", 0.3], ["poly:I", "yes", 0.3]]),
            # a month without prices: what is held is carried, nothing can be bought
            decision(119, [["kalshi:A", "yes", 0.5], ["poly:K", "yes", 0.5]]),
        ],
        "reconsider": {},
    },
    "settles on the trade date": {
        "decisions": [decision(9, [["kalshi:F", "yes", 0.5], ["kalshi:A", "yes", 0.5]]), decision(34, [["kalshi:A", "yes", 1.0]])],
        "reconsider": {},
    },
    "all settle on one day": {
        "decisions": [decision(40, [["kalshi:H", "yes", 0.3], ["poly:K", "no", 0.3], ["poly:L", "no", 0.4]])],
        "reconsider": {},
    },
    "loses everything": {
        "decisions": [decision(50, [["kalshi:H", "no", 0.5], ["poly:K", "no", 0.5]]), decision(84, [["kalshi:A", "yes", 1.0]])],
        "reconsider": {},
    },
    "stands at zero": {
        "decisions": [decision(4, [["poly:B", "yes", 0.5], ["poly:L", "yes", 0.3]]), decision(9, [["kalshi:A", "yes", 1.0]])],
        "reconsider": {},
    },
    "settles while one stands at zero": {
        "decisions": [decision(6, [["poly:L", "yes", 0.3], ["kalshi:A", "no", 0.3], ["poly:B", "yes", 0.3]])],
        "reconsider": {},
    },
    "emergency granted": {
        "decisions": [decision(4, six), decision(44, six)],
        "reconsider": {20: decision(20, [["kalshi:A", "yes", 0.2], ["poly:C", "no", 0.2], ["kalshi:D", "yes", 0.2],
                                         ["kalshi:F", "no", 0.2], ["poly:K", "yes", 0.2]]),
                       25: decision(25, [["kalshi:A", "yes", 0.5]])},
    },
    "emergency without an answer": {
        "decisions": [decision(4, six)], "reconsider": {},
    },
    "emergency infeasible": {
        "decisions": [decision(4, six)], "reconsider": {20: decision(20, [["kalshi:A", "yes", 1.0]], "infeasible")},
    },
    "emergency before a trade date": {
        "decisions": [decision(4, six), decision(20, six)],
        "reconsider": {20: decision(20, [["kalshi:A", "yes", 1.0]])},
    },
    "sells below one tick": {
        "decisions": [decision(50, [["poly:L", "yes", 0.5], ["kalshi:A", "yes", 0.3]]), decision(60, [["kalshi:A", "yes", 1.0]])],
        "reconsider": {},
    },
    "nothing to hold": {"decisions": [decision(4, []), decision(34, [["kalshi:A", "yes", 1.0]])], "reconsider": {}},
}

answer = []
for name, basket in BASKETS.items():
    for policy in ("cash", "redistribute"):
        gross, rows, refusals = replay(basket, policy, pays=False)
        net, net_rows, _ = replay(basket, policy, pays=True)
        assert [row[:3] for row in rows] == [row[:3] for row in net_rows]
        assert max(abs(a[3] - b[3]) for a, b in zip(rows, net_rows)) < 1e-12
        answer.append({
            "name": name, "policy": policy, "decisions": basket["decisions"],
            "reconsider": [value for value in basket["reconsider"].values()],
            "gross": gross, "net": net, "held": rows, "refusals": refusals,
        })
print(json.dumps({
    "firstDate": str(FIRST.date()), "lastDay": LAST, "maxPriceAgeDays": MAX_AGE, "minMarkets": MIN_MARKETS,
    "capitalUsd": CAPITAL, "halfSpread": HALF,
    "markets": [
        {"id": market, "theme": theme, "settledOn": settled, "payout": payout, "day": list(closes[market]),
         "close": list(closes[market].values()), "bid": [quotes[market].get(d, [None])[0] for d in closes[market]],
         "ask": [quotes[market].get(d, [None, None])[1] for d in closes[market]]}
        for market, (theme, _, settled, payout) in sorted(CONTRACTS.items())
    ],
    "baskets": answer,
}))
