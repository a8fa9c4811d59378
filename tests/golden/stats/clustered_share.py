"""Shares of grouped items: variance by statsmodels' cluster-robust OLS on a constant, interval by proportion_confint.

With one column the small-sample factor of `cov_type="cluster"` is G/(G - 1) * (n - 1)/(n - 1).
Run: python clustered_share.py > clustered_share.json (statsmodels 0.15.0)
"""
import json

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(7)
cases = []
for n, n_groups, spread in [(40, 8, 0.0), (120, 12, 0.3), (300, 40, 0.45), (60, 60, 0.2), (90, 2, 0.3), (500, 25, 0.1)]:
    groups = rng.integers(0, n_groups, n) if n != n_groups else np.arange(n)
    chance = np.clip(0.75 + spread * rng.standard_normal(n_groups), 0, 1)
    right = rng.random(n) < chance[groups]
    share = right.mean()
    fit = sm.OLS(right.astype(float), np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": groups})
    variance = float(fit.cov_params()[0, 0])
    effect = min(max(variance / (share * (1 - share) / n), 1.0), float(n))
    effective = n / effect
    for level in (0.95, 0.8):
        low, high = proportion_confint(share * effective, effective, alpha=1 - level, method="wilson")
        cases.append({
            "isRight": [bool(x) for x in right], "groups": [f"g{g}" for g in groups], "level": level, "value": float(share),
            "nGroups": len(set(groups.tolist())), "designEffect": effect, "effectiveItems": effective, "low": float(low), "high": float(high),
        })
print(json.dumps(cases))
