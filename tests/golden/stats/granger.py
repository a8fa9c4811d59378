"""Granger's F test by statsmodels, on normal, heavy-tailed and mostly still series.

Run: python granger.py > granger.json (numpy 2.4.6, statsmodels 0.15.0)
"""
import contextlib
import io
import json

import numpy as np
from statsmodels.tsa.stattools import grangercausalitytests

rng = np.random.default_rng(19)


def still(n):
    return np.where(rng.random(n) < 0.6, 0.0, rng.standard_normal(n))


def led(n):
    cause = rng.standard_normal(n)
    effect = 0.5 * rng.standard_normal(n)
    effect[2:] += 0.3 * cause[1:-1] - 0.2 * cause[:-2] + 0.2 * effect[1:-1]
    return cause, effect


SERIES = {
    "normal": (rng.standard_normal(80), rng.standard_normal(80)),
    "heavy": (rng.standard_t(2, 120), rng.standard_t(2, 120)),
    "still": (still(150), still(150)),
    "led": led(200),
    "short": (rng.standard_normal(18), rng.standard_normal(18)),
    "large": (1e4 + rng.standard_normal(60), 1e-5 * rng.standard_normal(60)),
}

cases = []
for name, (cause, effect) in SERIES.items():
    for lags in (1, 2, 3, 4):
        with contextlib.redirect_stdout(io.StringIO()):
            found = grangercausalitytests(np.column_stack([effect, cause]), [lags])
        f, p, df, _ = found[lags][0]["ssr_ftest"]
        cases.append({"series": name, "lags": lags, "n": int(df) + 2 * lags + 1,
                      "f": float(f), "p": float(p)})
print(json.dumps({
    "series": {name: {"cause": c.tolist(), "effect": e.tolist()} for name, (c, e) in SERIES.items()},
    "cases": cases,
}))
