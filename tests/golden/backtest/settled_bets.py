"""Scores of settled bets by sklearn, statsmodels and numpy.

Run: python settled_bets.py > settled_bets.json (numpy 2.4.6, scikit-learn 1.9.1, statsmodels 0.15.0)
"""
import json

import numpy as np
from sklearn.metrics import brier_score_loss, log_loss
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(41)
n = 120
price = rng.uniform(0.03, 0.97, n).round(3)
payout = (rng.random(n) < price**1.2).astype(float)
event = np.arange(n)
event[80:] = 80 + (np.arange(40) // 2)  # forty bets are two to an event
bin_of = np.clip(np.ceil(price * 10).astype(int) - 1, 0, 9)
bins, rel, res, blur = [], 0.0, 0.0, 0.0
for k in range(10):
    at = bin_of == k
    if not at.any():
        continue
    p, o = price[at].mean(), payout[at].mean()
    events = len(set(event[at]))
    low, high = proportion_confint(o * events, events, method="wilson")
    bins.append([int(at.sum()), events, float(p), float(o), float(low), float(high)])
    rel += at.sum() * (p - o) ** 2 / n
    res += at.sum() * (o - payout.mean()) ** 2 / n
    blur += ((price[at] - p) ** 2).sum() / n - 2 * ((price[at] - p) * (payout[at] - o)).sum() / n
sizes = np.bincount(event)
sd = np.sqrt((price * (1 - price)).sum() / n**2 * (sizes**2).sum() / n)
print(json.dumps({
    "price": price.tolist(), "payout": payout.tolist(), "event": event.tolist(), "bins": bins,
    "brier": float(brier_score_loss(payout, price)), "logScore": float(log_loss(payout, price)),
    "reliability": float(rel), "resolution": float(res), "uncertainty": float(payout.mean() * (1 - payout.mean())), "withinBins": float(blur),
    "hitRate": float(payout.mean()), "fairRate": float(price.mean()),
    "fairHalf": float(1.959963984540054 * sd),
}))
