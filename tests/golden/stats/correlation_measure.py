"""Every way of correlating a panel of prices, its strength and its histogram, by pandas, scipy, statsmodels and numpy.
Run: python correlation_measure.py > correlation_measure.json
(pandas 3.0.6, scipy 1.17.1, statsmodels 0.15.0, numpy 2.4.6)."""
import json
import math
import warnings

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

TICK, MIN_OVERLAP, TAIL_MOVE, MIN_TAIL_DAYS = 0.01, 40, 0.05, 15
# constant markets have no correlation, on purpose
warnings.simplefilter("ignore")
rng = np.random.default_rng(17)
n_days, n_markets = 130, 9
common = rng.standard_normal((n_days, 1))
steps = common * np.array([0.9, 0.6, -0.5, 0.2, 0, 0.4, 0.7, 0, 0]) + rng.standard_normal((n_days, n_markets))
walk = np.cumsum(0.2 * steps, axis=0) + np.array([0, 1, -1, 0.5, 0, -0.5, 3.5, 0, 0])
prices = np.round(1 / (1 + np.exp(-walk)), 4)
for j, still in enumerate((0.0, 0.1, 0.2, 0.1, 0.05, 0.0, 0.1, 0, 0)):
    for i in range(1, n_days):
        if rng.random() < still:
            prices[i, j] = prices[i - 1, j]
prices[rng.random(prices.shape) < 0.03] = np.nan
prices[:75, 5] = np.nan
prices[~np.isnan(prices[:, 7]), 7] = 0.4
prices[:, 8] = np.nan


def moves_of(unit, step, traded):
    frame = pd.DataFrame(prices)
    clipped = frame.clip(TICK, 1 - TICK)
    level = frame if unit == "points" else np.log(clipped / (1 - clipped))
    moves = level - level.shift(step)
    if not traded:
        return moves
    before = frame.shift(1)
    fresh = (frame != before) & frame.notna() & before.notna()
    return moves.where(fresh & fresh.shift(step, fill_value=False))


def plain(kind):
    def of(moves, a, b):
        both = moves[[a, b]].dropna()
        return len(both), both[a].corr(both[b], method=kind) if len(both) >= MIN_OVERLAP else np.nan
    return of


def tail(moves, a, b):
    both = moves[[a, b]].dropna()
    both = both[(both.abs() > TAIL_MOVE).any(axis=1)]
    return len(both), both[a].corr(both[b], method="spearman") if len(both) >= MIN_TAIL_DAYS else np.nan


def sums(moves, a, b):
    """Hayashi-Yoshida from its definition, on the moves added up wherever there is a price."""
    changes, ends = [], []
    for j in (a, b):
        seen = np.flatnonzero(~np.isnan(prices[:, j]))
        if len(seen) == 0:
            return 0, np.nan
        level = np.nancumsum(moves[j].to_numpy())
        days = [seen[0]] + [t for s, t in zip(seen, seen[1:]) if level[t] != level[s]]
        changes.append([(s, t, level[t] - level[s]) for s, t in zip(days, days[1:])])
        ends.append((seen[0], seen[-1]))
    begin, end = max(e[0] for e in ends), min(e[1] for e in ends)
    x, y = ([c for c in one if c[0] >= begin and c[1] <= end] for one in changes)
    n = min(len(x), len(y))
    if n < max(3, math.ceil(MIN_OVERLAP / 4)):
        return n, np.nan
    covariance = sum(u * v for s, t, u in x for p, q, v in y if max(s, p) < min(t, q))
    rho = covariance / math.sqrt(sum(u * u for *_, u in x) * sum(v * v for *_, v in y))
    return n, max(-1, min(1, rho))


def p_value(rho, n):
    if not n > 2:
        return np.nan
    return float(2 * stats.t.sf(abs(rho) * math.sqrt((n - 2) / (1 - rho * rho)), n - 2))


def number(x):
    return None if np.isnan(x) else float(x)


EDGES = [(2 * k - 40) / 40 for k in range(41)]
KINDS = {"spearman": plain("spearman"), "pearson": plain("pearson"), "tail": tail, "hayashi_yoshida": sums}
CASES = [("spearman", unit, step, False) for unit in ("points", "logit") for step in (1, 2, 3, 7)]
CASES += [("spearman", unit, 1, True) for unit in ("points", "logit")]
CASES += [("pearson", unit, 1, False) for unit in ("points", "logit")]
CASES += [("tail", "points", 1, False), ("hayashi_yoshida", "logit", 1, False)]

measures = []
for kind, unit, step, traded in CASES:
    moves = moves_of(unit, step, traded)
    found = [KINDS[kind](moves, a, b) for a in range(n_markets) for b in range(a + 1, n_markets)]
    known = [(n, r) for n, r in found if not np.isnan(r)]
    sizes = np.abs([r for _, r in known])
    share = np.nan
    if kind != "hayashi_yoshida":
        worth = 3 * step / (2 * step * step + 1)
        q = multipletests([p_value(r, n * worth) for n, r in known], method="fdr_bh")[1]
        share = np.mean(q <= 0.05)
    measures.append({
        "kind": kind, "unit": unit, "stepDays": step, "onlyTraded": traded,
        "nDays": [int(n) for n, _ in found], "rho": [number(r) for _, r in found],
        "nPairs": len(known), "meanAbs": float(sizes.mean()),
        "upper": float(np.quantile(sizes, 0.99, method="inverted_cdf")),
        "significantShare": number(share),
        "histogram": np.histogram([r for _, r in known], bins=EDGES)[0].tolist(),
        "nStrong": int((sizes >= 0.3).sum()),
    })

cells = [[None if np.isnan(x) else float(x) for x in row] for row in prices]
print(json.dumps({
    "tick": TICK, "minOverlap": MIN_OVERLAP, "tailMove": TAIL_MOVE, "minTailDays": MIN_TAIL_DAYS,
    "prices": cells, "measures": measures,
}))
