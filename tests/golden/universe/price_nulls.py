"""Golden numbers for lib/universe: normal, rounded_moves, price_to_end, zero_moves.

Written with scipy 1.17, pandas 3 and statsmodels 0.15:  python price_nulls.py > price_nulls.json
"""
import json

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import integrate, optimize, stats

rng = np.random.default_rng(7)


# normal distribution
zs = [-38, -9, -5, -1.3, 0, 0.2, 0.7, 1.6448536269514722, 4, 8]
ps = [1e-300, 1e-12, 1e-4, 0.03, 0.3, 0.5, 0.8, 0.95, 0.9999]
normal = {
    "cdf": [[z, float(stats.norm.cdf(z))] for z in zs],
    "quantile": [[p, float(stats.norm.ppf(p))] for p in ps],
}


# rounding both ends of a Laplace move, by numerical integration over the move
def zero_share(b):
    f = lambda x: 2 * (1 - x) * stats.laplace.pdf(x, scale=b)
    return integrate.quad(f, 0, min(1, 40 * b), epsabs=1e-13, epsrel=1e-13, limit=200)[0]


def mean_size(b):
    return b / (1 - zero_share(b))


scale_of = lambda m: optimize.brentq(lambda b: mean_size(b) - m, 0.05, 5e3, xtol=1e-14)
rounded = {
    "of_mean_size": [[m, zero_share(scale_of(m))] for m in [1.01, 1.2, 1.6, 2.5, 6, 40, 500]],
}

# a small universe: 24 markets in 9 events on steps of 1 and 0.1 cents, with holes
markets, rows = [], []
for j in range(24):
    start = int(rng.integers(19000, 19100))
    n = int(rng.integers(3, 120))
    end = None if j == 5 else start + int(rng.integers(max(n - 15, 2), n + 60)) + float(rng.choice([0, 0.25, 0.5]))
    step = 0.01 if j % 3 else 0.001
    event = None if j % 8 == 0 else f"e{j % 7}"
    markets.append({"marketId": f"poly:{j:02d}", "eventId": event, "endDay": end})
    p = rng.uniform(0.01, 0.99)
    for day in range(start, start + n):
        if rng.random() < 0.4:
            p = float(np.clip(p + rng.normal(0, 0.01 + 0.08 * p * (1 - p)), 0.001, 0.999))
        if rng.random() < 0.07:
            continue
        rows.append((j, day, round(round(p / step) * step, 4)))
prices = pd.DataFrame(rows, columns=["j", "day", "close"])

# prices to the end
t = prices.copy()
t["end"] = [markets[j]["endDay"] if markets[j]["endDay"] is not None else np.nan for j in t.j]
t["event"] = [markets[j]["eventId"] or markets[j]["marketId"] for j in t.j]
t = t[t.end.notna()].copy()
t["left"] = t.end - (t.day + 1)
first = t.groupby("j").first()
t["since"] = t.day - t.j.map(first.day)
z0 = stats.norm.ppf(t.j.map(first.close).clip(0.001, 0.999))
t["open"] = ((t.close >= 0.05) & (t.close <= 0.95)).astype(float)
zb = stats.norm.ppf(0.95)


def even_one(z, since, left):
    if left < 0:
        return np.nan
    if since == 0:
        return float(abs(z) <= zb + 1e-12)
    if left == 0:
        return 0.0
    # integrate over W ~ N(0, since) where the price Phi((z sqrt(T) + W) / sqrt(left)) is open
    w = stats.norm(0, np.sqrt(since))
    low = -zb * np.sqrt(left) - z * np.sqrt(since + left)
    high = zb * np.sqrt(left) - z * np.sqrt(since + left)
    return integrate.quad(w.pdf, low, high, epsabs=1e-12)[0]


t["even"] = [even_one(z, s, l) for z, s, l in zip(z0, t.since, t.left)]
edges = [-np.inf, 0, 1, 3, 7, 14, 30, 60, 120, 240, np.inf]
bins = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1]


def price_bin(p):
    for b in range(14):
        top = bins[b + 1]
        if p < top or (p == top and p > 0.5) or b == 13:
            return b


def share(g):
    seen = g[g.close.notna()]
    if len(g) == 0:
        return {"nPrices": 0}
    out = {"nPrices": len(seen), "nSettled": len(g) - len(seen),
           "nMarkets": int(seen.j.nunique()), "nEvents": int(g.event.nunique())}
    out["openShare"] = float(g.open.mean())
    out["evenShare"] = None if g.even.isna().any() else float(g.even.mean())
    groups = pd.factorize(g.event)[0]

    def interval(y):
        fit = sm.OLS(y, np.ones(len(y))).fit(cov_type="cluster", cov_kwds={"groups": groups})
        return [float(x) for x in np.asarray(fit.conf_int())[0]]

    if out["nEvents"] > 1:
        out["open"] = interval(g.open.values)
        if out["evenShare"] is not None:
            out["gap"] = interval((g.open - g.even).values)
    if len(seen) > 0:
        counts = np.bincount([price_bin(p) for p in seen.close], minlength=14)
        out["shareByPrice"] = [float(c) for c in counts / len(seen)]
    return out


def shares(t):
    return {
        "columns": [share(t[(t.left >= a) & (t.left < b)]) for a, b in zip(edges, edges[1:])][::-1],
        "finalWeek": share(t[(t.left >= 0) & (t.left < 7)]),
    }


to_end = shares(t)

# two in three markets settle 0.3 days after their last price, which may be before their scheduled end
rows, settled = [], []
last, until = prices.groupby("j").day.max(), int(prices.day.max()) + 1
for j in range(24):
    if j % 3 == 0:
        continue
    at = float(last[j]) + 1.3
    settled.append([markets[j]["marketId"], at])
    if markets[j]["endDay"] is None:
        continue
    z = stats.norm.ppf(min(max(first.close[j], 0.001), 0.999))
    for end_of in range(int(np.ceil(at)), int(min(np.floor(markets[j]["endDay"]), until)) + 1):
        since, left = end_of - (first.day[j] + 1), markets[j]["endDay"] - end_of
        rows.append({"j": j, "close": np.nan, "left": left, "open": 0.0,
                     "event": markets[j]["eventId"] or markets[j]["marketId"],
                     "even": even_one(z, since, left)})
to_end_settled = shares(pd.concat([t, pd.DataFrame(rows)], ignore_index=True))

# zero moves
m = prices.copy()
m["before"] = m.groupby("j").close.shift()
m = m[m.groupby("j").day.diff() == 1].copy()
m["move"] = (m.close - m.before).abs()
near = np.minimum(m.before, 1 - m.before)
m["zone"] = np.where(near < 0.02, 0, np.where(near < 0.1, 1, 2))
per_market, observed, null = [], np.zeros(20), np.zeros(20)
above = 0
bin_of = lambda x: min(int(np.floor(x * 20 + 1e-9)), 19)
for j, g in m.groupby("j"):
    if len(g) < 29:
        continue
    expected = 0.0
    spell = np.arange(len(g)) // 20
    for z in [0, 1, 2]:
        whole = g[g.zone == z]
        step = next((h for h in [0.01, 0.005, 0.001, 0.0005, 0.0001]
                     if (abs(whole.close / h - (whole.close / h).round()) < 1e-6).sum()
                     >= 0.9 * len(whole)), 0.0001)
        for _, one in whole.groupby(spell[g.zone == z]):
            n, zeros = len(one), int((one.move == 0).sum())
            size = one.move.sum() / (n - zeros) / step if n > zeros else 0
            expected += zeros if size <= 1 + 1e-9 else n * zero_share(scale_of(size))
    zeros, n = int((g.move == 0).sum()), len(g)
    event = markets[j]["eventId"] or markets[j]["marketId"]
    per_market.append({"n": n, "zeros": zeros, "expected": expected, "event": event})
    observed[bin_of(zeros / n)] += 1
    for k in range(n + 1):
        null[bin_of(k / n)] += stats.binom.pmf(k, n, expected / n)
    above += stats.binom.sf(zeros - 1, n, expected / n) <= 0.05
z = pd.DataFrame(per_market)
gap = np.concatenate([np.full(n, (zeros - e) / n) for n, zeros, e in zip(z.n, z.zeros, z.expected)])


def clustered(labels):
    groups = np.repeat(pd.factorize(labels)[0], z.n)
    fit = sm.OLS(gap, np.ones(len(gap))).fit(cov_type="cluster", cov_kwds={"groups": groups})
    return [float(x) for x in np.asarray(fit.conf_int())[0]]


zero = {
    "nMarkets": len(z),
    "nMoves": int(z.n.sum()),
    "zeroShare": [float(x) for x in z.zeros / z.n],
    "overallShare": float(z.zeros.sum() / z.n.sum()),
    "roundingShare": float(z.expected.sum() / z.n.sum()),
    "gap": clustered(np.arange(len(z))),
    "gapByEvent": clustered(z.event),
    "nAboveRounding": int(above),
    "observedBins": [float(x) for x in observed],
    "roundingBins": [float(x) for x in null],
}

print(json.dumps({
    "normal": normal,
    "rounded": rounded,
    "markets": markets,
    "prices": [[int(j), int(d), float(c)] for j, d, c in prices.itertuples(index=False)],
    "toEnd": to_end,
    "settled": settled,
    "toEndSettled": to_end_settled,
    "zero": zero,
}))
