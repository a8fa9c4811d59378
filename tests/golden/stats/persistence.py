"""Persistence of correlations between two windows by numpy, plain and with weighted items.

Run: python persistence.py > persistence.json (numpy 2.4.6)
"""
import json

import numpy as np

rng = np.random.default_rng(17)
n = 30
loading = rng.standard_normal((3, n))


def window(n_days):
    return np.corrcoef((rng.standard_normal((n_days, n)) + 0.6 * rng.standard_normal((n_days, 3)) @ loading).T)


now, nxt = window(45), window(45)
events = np.where(rng.random(n) < 0.3, -1, rng.integers(0, 8, n))
groups = np.where(rng.random(n) < 0.2, -1, rng.integers(0, 4, n))
a, b = np.triu_indices(n, 1)
x, y = now[a, b], nxt[a, b]
x[rng.random(x.size) < 0.1] = np.nan
y[rng.random(y.size) < 0.1] = np.nan
counted = ~np.isnan(x) & ~np.isnan(y) & ~((events[a] >= 0) & (events[a] == events[b]))
known = (groups[a] >= 0) & (groups[b] >= 0)
same = counted & known & (groups[a] == groups[b])
other = counted & known & (groups[a] != groups[b])


def figures(times, share):
    """The items copied out `times` each, every pair of copies of two different items listed."""
    items = np.repeat(np.arange(n), times)
    i, j = np.triu_indices(items.size, 1)
    i, j = items[i], items[j]
    place = {(p, q): k for k, (p, q) in enumerate(zip(a, b))}
    pairs = np.array([place[(min(p, q), max(p, q))] for p, q in zip(i, j) if p != q])
    pairs = pairs[counted[pairs]]
    u, v = x[pairs], y[pairs]
    count = int(np.ceil(share * u.size))
    least = np.sort(np.abs(u))[-count]
    top = np.abs(u) >= least
    return {
        "nItems": int(np.unique(np.concatenate([a[pairs], b[pairs]])).size),
        "nPairs": int(u.size),
        "correlation": float(np.corrcoef(u, v)[0, 1]),
        "cosine": float(u @ v / np.sqrt((u @ u) * (v @ v))),
        "meanAbsNext": float(np.abs(v).mean()),
        "nStrongest": int(top.sum()),
        "strongest": float((np.sign(u) * v)[top].mean()),
        "sameGroup": float(np.abs(y[pairs[same[pairs]]]).mean()),
        "otherGroup": float(np.abs(y[pairs[other[pairs]]]).mean()),
    }


def cells(values):
    return [None if np.isnan(v) else float(v) for v in values]


times = np.bincount(rng.integers(0, n, n), minlength=n)
print(json.dumps({
    "n": n,
    "now": cells(x),
    "next": cells(y),
    "events": events.tolist(),
    "groups": groups.tolist(),
    "plain": figures(np.ones(n, int), 0.01),
    "tenth": figures(np.ones(n, int), 0.1),
    "times": times.tolist(),
    "copied": figures(times, 0.1),
}))
