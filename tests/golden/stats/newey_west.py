"""Newey & West's covariance by statsmodels; its small-sample adjustment by dense matrices in numpy.

Run: python newey_west.py > newey_west.json (numpy 2.4.6, statsmodels 0.15.0)
"""
import json

import numpy as np
import statsmodels.api as sm

rng = np.random.default_rng(23)
n, k = 48, 3
x = rng.standard_normal((n, k)) * (0.5 + rng.random((n, 1)))
noise = rng.standard_t(4, n)
y = 0.3 * x[:, 0] + noise + 0.4 * np.roll(noise, 1)


def hac(x, y, lag, correction):
    return sm.OLS(y, sm.add_constant(x)).fit(
        cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": correction}
    )


def adjusted(lag):
    design = sm.add_constant(x)
    influence = np.linalg.pinv(design)
    maker = np.eye(n) - design @ influence
    residuals = maker @ y
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    weights = np.clip(1 - apart / (lag + 1), 0, None)
    errors, df = [], []
    for a in influence:
        d = weights * np.outer(a, a)
        b = maker @ d @ maker
        errors.append(float(np.sqrt(residuals @ d @ residuals * (a @ a) / np.trace(b))))
        df.append(float(np.trace(b) ** 2 / np.trace(b @ b)))
    return {"lag": lag, "errors": errors, "df": df}


seed_x = np.array([[1, 2], [2, 1], [3, 5], [4, 3], [5, 8], [6, 5]], float)
seed_y = np.array([1, 2, 2.5, 4, 5.5, 5])
print(json.dumps({
    "x": x.ravel().tolist(),
    "y": y.tolist(),
    "cases": [
        {"lag": lag, "smallSample": correction,
         "covariance": hac(x, y, lag, correction).cov_params().ravel().tolist()}
        for lag in [0, 1, 3, 9] for correction in [False, True]
    ],
    "adjusted": [adjusted(lag) for lag in [0, 1, 4]],
    "fixture": {
        "x": seed_x.ravel().tolist(),
        "y": seed_y.tolist(),
        "coefficients": hac(seed_x, seed_y, 1, False).params.tolist(),
        "errors": hac(seed_x, seed_y, 1, False).bse.tolist(),
        "corrected": hac(seed_x, seed_y, 1, True).bse.tolist(),
    },
}))
