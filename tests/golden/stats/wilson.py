"""Wilson intervals by statsmodels.

Run: python wilson.py > wilson.json (statsmodels 0.15.0)
"""
import json

from statsmodels.stats.proportion import proportion_confint

cases = []
for n_right, n_items in [(45, 50), (96, 100), (95, 100), (189, 200), (0, 10), (10, 10), (1, 1), (0, 1), (7.5, 20.25), (3, 100_000)]:
    for level in (0.95, 0.8, 0.99):
        low, high = proportion_confint(n_right, n_items, alpha=1 - level, method="wilson")
        cases.append({"nRight": n_right, "nItems": n_items, "level": level, "low": float(low), "high": float(high)})
print(json.dumps(cases))
