"""Hayashi-Yoshida correlations from the definition: every move of the one against every move of the other.
Run: python hayashi_yoshida.py > hayashi_yoshida.json (numpy 2.4.6)."""
import json

import numpy as np

MIN_OVERLAP = 8
rng = np.random.default_rng(5)
n_days, n_markets = 100, 7
walk = np.cumsum(rng.standard_normal((n_days, 1)) * rng.uniform(0.3, 1, n_markets)
                 + 0.7 * rng.standard_normal((n_days, n_markets)), axis=0)
levels = np.round(0.1 * walk, 2)
for j, still in enumerate((0.0, 0.2, 0.5, 0.7, 0.5, 0.3, 0.6)):
    for i in range(1, n_days):
        if rng.random() < still:
            levels[i, j] = levels[i - 1, j]
levels[rng.random(levels.shape) < 0.15] = np.nan
levels[:40, 4] = np.nan
levels[60:, 5] = np.nan
levels[:85, 6] = np.nan


def moves(column, begin, end):
    """(from day, to day, move) between the days on which the level changed, wholly within [begin, end]."""
    seen = [(i, x) for i, x in enumerate(column) if not np.isnan(x)]
    changed = [seen[0]] + [now for before, now in zip(seen, seen[1:]) if now[1] != before[1]]
    steps = [(s, t, y - x) for (s, x), (t, y) in zip(changed, changed[1:])]
    return [step for step in steps if step[0] >= begin and step[1] <= end]


pairs = []
for a in range(n_markets):
    for b in range(a + 1, n_markets):
        days = [np.flatnonzero(~np.isnan(levels[:, j])) for j in (a, b)]
        begin, end = max(d[0] for d in days), min(d[-1] for d in days)
        x, y = moves(levels[:, a], begin, end), moves(levels[:, b], begin, end)
        overlap = min(len(x), len(y))
        rho = None
        if overlap >= MIN_OVERLAP:
            covariance = sum(u * v for s, t, u in x for p, q, v in y if max(s, p) < min(t, q))
            rho = covariance / np.sqrt(sum(u * u for *_, u in x) * sum(v * v for *_, v in y))
        pairs.append({"overlap": overlap, "rho": None if rho is None else float(rho)})

cells = [[None if np.isnan(x) else float(x) for x in row] for row in levels]
print(json.dumps({"minOverlap": MIN_OVERLAP, "levels": cells, "pairs": pairs}))
