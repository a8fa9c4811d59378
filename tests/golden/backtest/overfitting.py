"""Probability of backtest overfitting by combinatorially symmetric cross-validation, by numpy over the
rows of each split, written from Bailey, Borwein, Lopez de Prado & Zhu 2017.

Run: python overfitting.py > overfitting.json (numpy 2.4.6, scipy 1.17.1)
"""
import json
from itertools import combinations

import numpy as np
from scipy import stats


def cscv(returns, n_blocks):
    """Logit, in- and out-of-sample ratio of the best of the trials (days x trials) for every split."""
    n_days, n_trials = returns.shape
    edges = [b * n_days // n_blocks for b in range(n_blocks + 1)]
    blocks = [np.arange(edges[b], edges[b + 1]) for b in range(n_blocks)]
    found = {}
    for chosen in combinations(range(n_blocks), n_blocks // 2):
        inside = np.concatenate([blocks[b] for b in chosen])
        outside = np.setdiff1d(np.arange(n_days), inside)
        ratio = lambda x: x.mean(0) / x.std(0, ddof=1) * np.sqrt(365.25)
        ins, out = ratio(returns[inside]), ratio(returns[outside])
        best = int(np.argmax(ins))
        share = stats.rankdata(out)[best] / (n_trials + 1)
        found[sum(1 << b for b in chosen)] = (np.log(share / (1 - share)), ins[best], out[best], best)
    rows = [found[mask] for mask in sorted(found)]
    logits, ins, out, best = (np.array(column) for column in zip(*rows))
    return {
        "nBlocks": n_blocks,
        "trials": returns.T.tolist(),
        "logits": logits.tolist(), "inSample": ins.tolist(), "outOfSample": out.tolist(),
        "timesChosen": np.bincount(best, minlength=n_trials).tolist(),
        "probability": float(np.mean(logits <= 0)), "probabilityOfLoss": float(np.mean(out < 0)),
        "slope": float(np.polyfit(ins, out, 1)[0]),
    }


rng = np.random.default_rng(23)
noise = (rng.standard_normal((100, 7)) * 0.01).round(6)
better = (rng.standard_t(5, (123, 5)) * 0.01 + np.array([0, 0.0005, 0, 0.0025, 0])).round(6)
print(json.dumps([cscv(noise, 6), cscv(better, 8)]))
