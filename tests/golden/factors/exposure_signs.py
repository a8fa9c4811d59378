"""Agreement of signs by pandas, Wilson's interval by statsmodels, weighted ranks by scipy on repeated items.

Run: python exposure_signs.py > exposure_signs.json (pandas 3.0.6, scipy 1.17.1, statsmodels 0.15.0)
"""
import json

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(4)
n = 80
event = rng.integers(0, 30, n)
score = rng.choice([-2, -1.25, -1, 0, 0, 0.5, 1, 2], n)
beta = 0.02 * score + 0.05 * rng.standard_normal(n)
q = rng.uniform(0, 0.12, n)
rows = pd.DataFrame({"event": event, "score": score, "beta": beta, "q": q})
rows["agrees"] = (np.sign(rows.score) == np.sign(rows.beta)).astype(float)
rows["size"] = rows.score.abs()


def share(part, weighted):
    part = part[part.score != 0]
    w = part["size"] if weighted else pd.Series(1.0, part.index)
    by = pd.DataFrame({"event": part.event, "aw": part.agrees * w, "w": w}).groupby("event")
    vote = by.aw.sum() / by.w.sum()
    weight = by.w.mean()
    effective = weight.sum() ** 2 / (weight**2).sum()
    value = (weight * vote).sum() / weight.sum()
    low, high = proportion_confint(value * effective, effective, method="wilson")
    return {"share": value, "low": low, "high": high, "nEvents": len(vote), "nContracts": len(part)}


weights = rng.integers(1, 5, 40)
a, b = rng.integers(0, 6, 40), np.round(rng.standard_normal(40), 1)
# one weight an event: each cell counts 1 / cells of its event, here as repeated items
size = rows.groupby("event").score.transform("size")
times = (np.lcm.reduce(np.unique(size)) / size).astype(int)
print(json.dumps({
    "event": event.tolist(),
    "score": score.tolist(),
    "beta": beta.tolist(),
    "q": q.tolist(),
    "equal": share(rows, False),
    "weighted": share(rows, True),
    "survivors": share(rows[rows.q <= 0.05], False),
    "rank": float(spearmanr(np.repeat(score, times), np.repeat(beta, times)).statistic),
    "weights": weights.tolist(),
    "a": a.tolist(),
    "b": b.tolist(),
    "weightedSpearman": float(spearmanr(np.repeat(a, weights), np.repeat(b, weights)).statistic),
    "plainSpearman": float(spearmanr(a, b).statistic),
}))
