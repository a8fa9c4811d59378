"""Moves of a small panel by pandas. Run: python returns.py > returns.json (pandas 3.0.6, numpy 2)."""
import json

import numpy as np
import pandas as pd

TICK = 0.01
rng = np.random.default_rng(20260215)
days = pd.date_range("2025-01-01", periods=12, freq="D").delete([4, 5])
prices = pd.DataFrame(np.round(rng.uniform(0, 1, (len(days), 3)), 3), index=days, columns=["a", "b", "c"])
prices.iloc[2, 0] = np.nan
prices.iloc[6, 1] = 0.0
prices.iloc[7, 1] = 1.0
calendar = prices.asfreq("D")


def logit(p):
    p = p.clip(TICK, 1 - TICK)
    return np.log(p / (1 - p))


def rows(frame):
    kept = frame.reindex(days)
    return [[None if not np.isfinite(x) else x for x in row] for row in kept.to_numpy()]


out = {
    "tick": TICK,
    "days": [(d - pd.Timestamp("1970-01-01")).days for d in days],
    "markets": list(prices.columns),
    "prices": rows(prices),
    "steps": {
        str(step): {
            "point": rows(calendar.diff(step)),
            "logit": rows(logit(calendar).diff(step)),
            "simple": rows(calendar / calendar.shift(step) - 1),
        }
        for step in (1, 2, 7)
    },
}
print(json.dumps(out, indent=1))
