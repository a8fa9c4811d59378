"""Drift of a made universe by pandas, its cluster-robust errors by statsmodels' WLS and OLS.

Run: python drift.py > drift.json (statsmodels 0.15.0, pandas 3.0.6, numpy 2.4.6, scipy 1.17.1)
"""
import json
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

warnings.filterwarnings("ignore")
rng = np.random.default_rng(5)
LAST = 19800
EDGES = [0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1]

contracts = []
for event in range(30):
    for _ in range(int(rng.integers(1, 5))):
        first = LAST - int(rng.integers(12, 60))
        n = int(rng.integers(9, 40))
        days = [d for d in range(first, min(first + n, LAST + 1)) if d == first or rng.random() > 0.1]
        path = 1 / (1 + np.exp(-np.cumsum(np.r_[rng.normal(0, 1.2), rng.normal(0, 0.35, len(days) - 1)])))
        closes = np.round(np.clip(path, 0.01, 0.99), 2)
        settled = days[-1] < LAST and rng.random() < 0.9
        contracts.append({
            "event": event,
            "days": [int(d) for d in days],
            "closes": closes.tolist(),
            "settledDay": int(days[-1] + rng.integers(1, 4)) if settled else None,
            "payout": float(rng.random() < path[-1]) if settled else None,
        })

rows = []
for c, one in enumerate(contracts):
    days, closes = one["days"], one["closes"]
    ends = days[1:] + ([one["settledDay"]] if one["payout"] is not None else [])
    values = closes[1:] + ([one["payout"]] if one["payout"] is not None else [])
    for i, (end, value) in enumerate(zip(ends, values)):
        before = [p for d, p in zip(days, closes) if d <= days[i] - 7]
        rows.append({
            "contract": c, "event": one["event"], "price": closes[i], "change": value - closes[i],
            "span": end - days[i], "age": days[i] - days[0], "pays": i == len(days) - 1,
            "earlier": before[-1] if before else np.nan, "open": days[-1] == LAST,
            "settled": one["payout"] is not None,
        })
steps = pd.DataFrame(rows)


def effective(sizes):
    return float(sizes.sum() ** 2 / (sizes**2).sum())


def ratio(frame, above, below):
    """Σ above / Σ below with statsmodels' error of the weighted mean, clusters being events."""
    frame = frame[frame[below] > 0]
    if len(frame) == 0:
        return None
    n = effective(frame.groupby("event")[below].sum())
    out = {"value": float(frame[above].sum() / frame[below].sum()), "effective": n,
           "error": None, "pValue": None, "low": None, "high": None}
    if n >= 5:
        fit = sm.WLS(frame[above] / frame[below], np.ones(len(frame)), weights=frame[below]).fit(
            cov_type="cluster", cov_kwds={"groups": frame["event"]})
        assert abs(float(fit.params.iloc[0]) - out["value"]) < 1e-12
        error = float(fit.bse.iloc[0])
        reach = float(stats.t.ppf(0.975, n - 1)) * error
        out |= {"error": error, "pValue": float(2 * stats.t.sf(abs(out["value"] / error), n - 1)),
                "low": out["value"] - reach, "high": out["value"] + reach}
    return out


def described(frame):
    frame = frame.assign(points=100 * frame["change"], stake=frame["span"] * frame["price"])
    stays = frame.groupby(["contract", "event"], as_index=False).agg(points=("points", "sum"))
    one_day = frame[frame["span"] == 1].assign(simple=lambda f: f["change"] / f["price"], one=1)
    return {
        "drift": ratio(frame, "points", "span"),
        "stay": ratio(stays.assign(one=1), "points", "one"),
        "jump": ratio(frame[frame["pays"]].assign(one=1), "points", "one"),
        "oneDayReturn": ratio(one_day, "simple", "one"),
        "moneyReturn": float(frame["change"].sum() / frame["stake"].sum()),
        "nContracts": int(frame["contract"].nunique()),
        "nDays": int(frame["span"].sum()),
    }


def bin_of(price):
    return -1 if np.isnan(price) else next(k for k, edge in enumerate(EDGES) if price < edge)


steps["bin"] = steps["earlier"].map(bin_of)
samples = {
    "all": steps,
    "prices only": steps[~steps["pays"]],
    "active only": steps[~steps["pays"] & steps["open"]],
    "settled": steps[steps["settled"]],
}
answers = {}
for name, frame in samples.items():
    answers[name] = {"everything": described(frame), "seasoned": described(frame[frame["age"] >= 7]),
                     "price": {int(k): described(part) for k, part in frame.groupby("bin") if k >= 0}}
prices = answers["all"]["price"]
tested = [k for k, one in prices.items() if one["drift"]["pValue"] is not None]
x = 100 * steps["earlier"].fillna(steps["price"])
ols = sm.OLS(100 * steps["change"], sm.add_constant(x - 50)).fit(
    cov_type="cluster", cov_kwds={"groups": steps["event"]})
n = effective(steps.groupby("event").size())
slope, error = float(ols.params.iloc[1]), float(ols.bse.iloc[1])
print(json.dumps({
    "contracts": contracts,
    "answers": answers,
    "q": dict(zip([int(k) for k in tested], multipletests(
        [prices[k]["drift"]["pValue"] for k in tested], method="fdr_bh")[1].tolist())),
    "slope": {
        "x": x.tolist(), "y": (100 * steps["change"]).tolist(), "event": steps["event"].tolist(),
        "value": slope, "atCentre": float(ols.params.iloc[0]), "error": error,
        "pValue": float(2 * stats.t.sf(abs(slope / error), n - 1)),
    },
}))
