"""Block moves on a common calendar by pandas, beta with a lead and a lag by statsmodels.

Run: python alignment.py > alignment.json (pandas 3.0.6, statsmodels 0.15.0)
"""
import json

import numpy as np
import pandas as pd
import statsmodels.api as sm

rng = np.random.default_rng(5)
FIRST, N_DAYS, MAX_INTERVAL, TICK = "2024-02-01", 150, 7, 0.01
days = pd.date_range(FIRST, periods=N_DAYS, freq="D")
weekdays = days[days.weekday < 5]
epoch = lambda index: [int(d.toordinal() - pd.Timestamp("1970-01-01").toordinal()) for d in index]

holidays = {
    "us": ["2024-02-19", "2024-03-29", "2024-05-27", "2024-06-19"],
    "jp": ["2024-02-12", "2024-04-29"],
}
closed = {key: pd.to_datetime(value) for key, value in holidays.items()}
us, jp = weekdays.difference(closed["us"]), weekdays.difference(closed["jp"])
# a hole of nine days, longer than the longest interval that is taken
jp = jp[(jp < "2024-04-08") | (jp > "2024-04-12")]


def path(index, start, scale, log):
    steps = np.cumsum(rng.normal(0, scale, len(index)))
    return pd.Series(np.round(start * np.exp(steps) if log else start + steps, 4), index)


series = {
    "SHARE": ("price", path(us, 470, 0.01, True)),
    "TOKYO": ("price", path(jp, 36000, 0.012, True)),
    "YIELD": ("yield", path(us, 4.1, 0.05, False)),
    "FEAR": ("level", path(us, 14, 0.8, False)),
    "COIN": ("price", path(days, 45000, 0.03, True)),
    "SPREAD": ("spread", path(us, 3.4, 0.04, False)),
}

common = days
for _, values in series.values():
    common = common.intersection(values.index)
at_common = pd.DataFrame({name: values.reindex(common) for name, (_, values) in series.items()})
moves = at_common.copy()
for name, (kind, _) in series.items():
    moves[name] = at_common[name].pct_change(fill_method=None) if kind == "price" else at_common[name].diff()
spans = pd.Series(common, common).diff().dt.days
taken = spans.index[(spans <= MAX_INTERVAL).to_numpy()]
from_day = pd.Series(common, common).shift(1)[taken]
label = moves.loc[taken]

# minute of each close in UTC through daylight saving, by pandas' own time zones
zone = {"SHARE": ("America/New_York", 16), "TOKYO": ("Asia/Tokyo", 15), "YIELD": ("America/New_York", 15),
        "FEAR": ("America/New_York", 16), "COIN": ("UTC", 24), "SPREAD": ("America/New_York", 16)}
# a move over D weekdays has a Dth of its news in each of them
spread = np.busday_count((pd.DatetimeIndex(from_day) + pd.Timedelta(days=1)).to_numpy("datetime64[D]"),
                         (taken + pd.Timedelta(days=1)).to_numpy("datetime64[D]")).clip(1)
overlap_rows = [i for i in range(len(taken) - 1) if from_day.iloc[i + 1] == taken[i]]
overlap = {}
for name, (tz, hour) in zone.items():
    blended = []
    for i in overlap_rows:
        at = (taken[i] + pd.Timedelta(hours=hour)).tz_localize(tz).tz_convert("UTC").tz_localize(None)
        w = (at - taken[i]) / pd.Timedelta(days=1)
        own, following = (spread[i] - (1 - w)) / spread[i], (1 - w) / spread[i + 1]
        blended.append(own * label[name].iloc[i] + following * label[name].iloc[i + 1])
    overlap[name] = [float(x) for x in blended]

contracts = {}
for j, gap in enumerate([0.0, 0.05, 0.3, 0.6]):
    odds = np.cumsum(rng.normal(0, 0.15, N_DAYS)) + rng.normal(0, 1)
    price = pd.Series(np.round(1 / (1 + np.exp(-odds)), 3), days)
    contracts[f"made:{j}"] = price[rng.random(N_DAYS) >= gap]
contracts["made:edge"] = pd.Series(np.where(rng.random(N_DAYS) < 0.5, 0.004, 0.03), days)

answers = {}
for name, price in contracts.items():
    full = price.reindex(days)
    clipped = full.clip(TICK, 1 - TICK)
    both = {}
    for key, value in {"points": full, "logit": np.log(clipped / (1 - clipped))}.items():
        block = value.reindex(taken).to_numpy() - value.reindex(pd.DatetimeIndex(from_day)).to_numpy()
        both[key] = block
    seen = np.flatnonzero(~np.isnan(both["points"]))
    answers[name] = {
        "session": seen.tolist(),
        "points": both["points"][seen].tolist(),
        "logit": both["logit"][seen].tolist(),
    }

# the second contract on SHARE with one lead and one lag, over intervals that follow each other at once
chained = np.array([0 < i < len(taken) - 1 and from_day.iloc[i] == taken[i - 1]
                    and from_day.iloc[i + 1] == taken[i] for i in range(len(taken))])
seen = [s for s in answers["made:1"]["session"] if chained[s]]
y = np.array([answers["made:1"]["logit"][answers["made:1"]["session"].index(s)] for s in seen])
f = label["SHARE"].to_numpy()
x = sm.add_constant(np.column_stack([[f[s + step] for s in seen] for step in (-1, 0, 1)]))
plain = sm.OLS(y, x).fit()
robust = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
total = np.array([0, 1, 1, 1])

print(json.dumps({
    "from": epoch(days)[0],
    "to": epoch(days)[-1] + 1,
    "holidays": {key: epoch(value) for key, value in closed.items()},
    "benchmarks": [
        {"symbol": name, "kind": kind, "day": epoch(values.index), "close": values.tolist()}
        for name, (kind, values) in series.items()
    ],
    "contracts": [
        {"id": name, "day": epoch(price.index), "close": price.tolist()} for name, price in contracts.items()
    ],
    "label": {
        "fromDay": epoch(from_day),
        "day": epoch(taken),
        "moves": {name: label[name].tolist() for name in series},
    },
    "overlap": {"day": epoch(taken[overlap_rows]), "moves": overlap},
    "contractMoves": answers,
    "leadLag": {
        "n": len(seen),
        "coefficients": plain.params[1:].tolist(),
        "beta": float(plain.params @ total),
        "standardError": float(plain.t_test(total).sd.item()),
        "hacStandardError": float(robust.t_test(total).sd.item()),
    },
}))
