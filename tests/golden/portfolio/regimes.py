"""Regimes of the market and what a series did in them, by pandas.

Run: python regimes.py > regimes.json (numpy 2.4.6, pandas 3.0.6)
"""
import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(31)
T, WINDOW, WARM_UP, CONFIRMATIONS = 320, 20, 40, 3
days = np.cumsum(rng.choice([1, 1, 1, 1, 3], T)) + 20000
spell = np.repeat(rng.choice([0.6, 1, 2.2], 16), 20)
stocks = pd.Series(100 * np.cumprod(1 + spell * 0.008 * rng.standard_normal(T) + 0.001 * (1.3 - spell)))
level = pd.Series(14 * spell * np.exp(0.1 * rng.standard_normal(T)))
level.iloc[[150, 151]] = np.nan

returns = stocks.pct_change()
stock_return = (stocks / stocks.shift(WINDOW) - 1).shift(1)
volatility = (returns.rolling(WINDOW).std() * np.sqrt(252)).shift(1)
before = level.shift(1)
frame = pd.DataFrame({"r": stock_return, "v": volatility, "l": before})
known = frame.notna().all(axis=1)
complete = frame[known]
high, low = complete.expanding().quantile(2 / 3), complete.expanding().quantile(1 / 3)
vote = (complete > high).astype(int) - (complete < low).astype(int)
score = vote["r"] - vote["v"] - vote["l"]
wanted = pd.Series(np.where(score >= 2, "risk-on", np.where(score <= -2, "risk-off", "neutral")), complete.index)
rank = pd.Series(np.arange(1, len(complete) + 1), complete.index)

labels, called, recent = [], None, []
for t in range(T):
    if not known[t]:
        labels.append(None)
        recent = []
    elif rank[t] <= WARM_UP:
        labels.append(None)
    else:
        recent = (recent + [wanted[t]])[-CONFIRMATIONS:]
        if called is None or (len(recent) == CONFIRMATIONS and len(set(recent)) == 1):
            called = recent[-1]
        labels.append(called)

nav = 100 * np.cumprod(1 + 0.4 * returns.fillna(0) + 0.004 * rng.standard_normal(T))
rates = np.full(T, 0.0002)
own = nav.pct_change()
per_year = (T - 1) / (days[-1] - days[0]) * 365.25
table = pd.DataFrame({"own": own, "stocks": returns, "excess": own - rates, "label": labels})
table = table[table["own"].notna() & table["label"].notna()]


def measures(part):
    return {
        "n": len(part),
        "mean": part["own"].mean() * per_year,
        "volatility": part["own"].std() * np.sqrt(per_year),
        "sharpe": part["excess"].mean() / part["excess"].std() * np.sqrt(per_year),
        "correlation": part["own"].corr(part["stocks"]),
    }


def difference(label):
    on, off = (measures(table[label == one]) for one in ("risk-on", "risk-off"))
    return [on[m] - off[m] for m in ("mean", "sharpe", "correlation")]


label = table["label"].to_numpy()
value = difference(label)
null = np.array([difference(np.roll(label, -k)) for k in range(1, len(label))])
print(json.dumps({
    "window": WINDOW, "warmUp": WARM_UP, "confirmations": CONFIRMATIONS,
    "day": days.tolist(), "stocks": stocks.tolist(),
    "level": [None if np.isnan(x) else x for x in level],
    "labels": labels,
    "stockReturn": [None if np.isnan(x) else x for x in stock_return],
    "volatility": [None if np.isnan(x) else x for x in volatility],
    "nav": nav.tolist(), "rate": 0.0002, "perYear": float(per_year),
    "rows": {one: measures(table[table["label"] == one]) for one in ("risk-on", "neutral", "risk-off")},
    "difference": value,
    "nullLow": np.quantile(null, 0.025, axis=0).tolist(),
    "nullHigh": np.quantile(null, 0.975, axis=0).tolist(),
    "pValue": np.minimum(1, 2 * (1 + np.minimum((null >= value).sum(axis=0), (null <= value).sum(axis=0)))
                         / (1 + len(null))).tolist(),
}))
