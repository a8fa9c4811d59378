"""Percentiles of replicates by numpy, for tests/charts/evidence_words_test.ts.

Run: python tests/golden/charts/null_band.py > tests/golden/charts/null_band.json
"""

import json

import numpy as np

rng = np.random.default_rng(7)
cases = []
for n in (1, 2, 3, 19, 49, 200):
    values = np.round(rng.normal(0.12, 0.03, n), 6)
    low, mid, high = np.percentile(values, [5, 50, 95])
    cases.append({"values": values.tolist(), "low": low, "mid": mid, "high": high})
print(json.dumps({"numpy": np.__version__, "cases": cases}))
