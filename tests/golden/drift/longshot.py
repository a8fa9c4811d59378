"""Prices against payouts: Wilson's interval by statsmodels, Brier's score by scikit-learn.

Run: python longshot.py > longshot.json (statsmodels 0.15.0, scikit-learn 1.9.1, pandas 3.0.6, numpy 2.4.6)
"""
import json

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(9)
FIRST, SETTLED = 19700, 19720
EDGES = [0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1]

rows = []
for event in range(120):
    news = rng.normal()
    for _ in range(int(rng.integers(1, 4))):
        score = rng.normal(-1, 1.5)
        before, price = (round(float(np.clip(1 / (1 + np.exp(-score - noise)), 0.01, 0.99)), 2)
                         for noise in rng.normal(0, 0.2, 2))
        # outcomes of one event share half of what decides them
        paid = 0.7 * news + 0.7 * rng.normal() < np.log(price / (1 - price)) / 1.7
        rows.append({"event": event, "before": before, "price": price, "payout": float(paid)})
frame = pd.DataFrame(rows)
frame["bin"] = frame["before"].map(lambda p: next(k for k, edge in enumerate(EDGES) if p < edge))

together = possible = 0.0
for _, part in frame.groupby(["event", "bin"]):
    miss = (part["payout"] - part["price"]).to_numpy()
    spread = np.sqrt(part["price"] * (1 - part["price"])).to_numpy()
    for i in range(len(part)):
        for j in range(len(part)):
            if i != j:
                together += miss[i] * miss[j]
                possible += spread[i] * spread[j]
rho = min(max(together / possible, 0), 1)

bins = []
for k, part in frame.groupby("bin"):
    fair = (part["price"] * (1 - part["price"]))
    joint = sum(np.sqrt(one).sum() ** 2 for _, one in fair.groupby(part["event"]))
    design = 1 + rho * (joint - fair.sum()) / fair.sum()
    n = len(part) / design
    share = float(part["payout"].mean())
    low, high = proportion_confint(share * n, n, method="wilson")
    bins.append({"bin": int(k), "n": len(part), "meanPrice": float(part["price"].mean()),
                 "paidShare": share, "effectiveN": float(n), "low": float(low), "high": float(high),
                 "nEvents": int(part["event"].nunique())})
base = frame["payout"].mean()
weights = np.array([one["n"] for one in bins]) / len(frame)
print(json.dumps({
    "first": FIRST, "settled": SETTLED, "rows": rows, "rho": rho, "bins": bins,
    "brier": float(brier_score_loss(frame["payout"].astype(int), frame["price"])),
    "reliability": float(sum(w * (b["meanPrice"] - b["paidShare"]) ** 2 for w, b in zip(weights, bins))),
    "resolution": float(sum(w * (b["paidShare"] - base) ** 2 for w, b in zip(weights, bins))),
    "uncertainty": float(base * (1 - base)),
}))
