"""Volatilities, correlations and a basket's covariance by pandas and numpy.

Run: python contract_risk.py > contract_risk.json (numpy 2.4.6, pandas 3.0.6)
"""
import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(17)
n_days, day, n = 140, 120, 8
common = 0.06 * rng.standard_normal(n_days)
beta = np.array([1, 1, -1, 0.5, 0, 1, 1, 1])
logit = np.cumsum(np.outer(common, beta) + 0.08 * rng.standard_normal((n_days, n)), axis=0)
logit += np.array([0, -1.5, 1.5, 0.5, -0.5, 2.5, 1, 0.2])
close = pd.DataFrame(1 / (1 + np.exp(-logit))).round(3).clip(0.001, 0.999)
close[4] = 0.37  # never moves
close.loc[rng.random(n_days) < 0.15, 1] = np.nan
close.loc[rng.random(n_days) < 0.45, 2] = np.nan  # too few common two-day moves
close.loc[:114, 6] = np.nan  # too few changes for a volatility
close.loc[118:, 7] = np.nan  # last close two days old

known = close.loc[:day]
price = known.ffill().iloc[-1].to_numpy()
changes = known.diff().loc[day - 29:day]
observed = changes.std(ddof=1).where(changes.count() >= 10).to_numpy()
clipped = price.clip(0.01, 0.99)
level = clipped * (1 - clipped)
ratios = observed / level
k = float(np.median(ratios[(observed > 0)]))
floor = 0.5 * k * level
volatility = np.where(np.nan_to_num(observed, nan=-1) >= floor, observed, floor)

p = known.clip(0.01, 0.99)
moves = np.log(p / (1 - p)).diff(2).loc[day - 89:day]
rho = moves.corr("spearman", min_periods=40).to_numpy()
there = moves.notna().astype(float).to_numpy()
effective = there.T @ there * 6 / 9
upper = np.triu_indices(n, 1)
r, days = rho[upper], effective[upper]
intensity = min(1.0, float(np.nansum((1 - r**2) ** 2 / (days - 1)) / np.nansum(np.where(np.isnan(r), 0, r) ** 2)))
shrunk = np.nan_to_num((1 - intensity) * r)

full = np.eye(n)
full[upper] = shrunk
full = np.maximum(full, full.T) + np.minimum(full, full.T) - np.eye(n)
sides = ["yes", "no", "no", "yes", "yes", "no", "yes", "no"]
sign = np.array([1 if side == "yes" else -1 for side in sides])
q = np.where(sign == 1, price, 1 - price)
covariance = np.outer(sign * volatility / q, sign * volatility / q) * full
assert np.linalg.eigvalsh(full).min() > 1e-8

print(json.dumps({
    "day": day,
    "close": [[None if np.isnan(x) else float(x) for x in close[j]] for j in range(n)],
    "price": price.tolist(),
    "observed": [None if np.isnan(x) else float(x) for x in observed],
    "volatility": volatility.tolist(),
    "ratio": k,
    "intensity": intensity,
    "nUnknown": int(np.isnan(r).sum()),
    "rho": shrunk.tolist(),
    "sides": sides,
    "covariance": covariance.ravel().tolist(),
}))
