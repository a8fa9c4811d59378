"""Drawdowns of random values by pandas, for tests/charts/deepest_drawdown_test.ts.

Run: python tests/golden/charts/deepest_drawdown.py > tests/golden/charts/deepest_drawdown.json
"""

import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(7)
cases = []
for n, gaps in ((1, 0), (2, 0), (30, 0), (200, 0), (200, 40), (200, 150)):
    values = pd.Series(100 * np.exp(np.cumsum(rng.normal(0, 0.01, n)))).round(4)
    values.iloc[rng.choice(n, gaps, replace=False)] = np.nan
    depths = values / values.cummax() - 1
    trough = int(depths.idxmin())
    high = values[:trough + 1].max()
    # the last of equal highs, and the first day back at it
    peak = int(values[:trough + 1][values[:trough + 1] == high].index[-1])
    back = values[trough + 1:][values[trough + 1:] >= high]
    cases.append({
        "values": [None if np.isnan(x) else x for x in values],
        "depths": [None if np.isnan(x) else x for x in depths],
        "deepest": depths.min(),
        "peak": peak,
        "trough": trough,
        "recovery": int(back.index[0]) if len(back) and depths.min() < 0 else -1,
    })
print(json.dumps({"pandas": pd.__version__, "numpy": np.__version__, "cases": cases}))
