"""Least squares with its standard errors by statsmodels; Student's quantiles by scipy.

Run: python least_squares.py > least_squares.json (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)
"""
import json

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.tsa.stattools import acf

rng = np.random.default_rng(17)


def case(name, x, y):
    fit = sm.OLS(y, sm.add_constant(x)).fit()
    return {
        "name": name,
        "x": x.ravel().tolist(),
        "y": y.tolist(),
        "coefficients": fit.params.tolist(),
        "classical": fit.bse.tolist(),
        "HC0": fit.get_robustcov_results("HC0").bse.tolist(),
        "HC1": fit.get_robustcov_results("HC1").bse.tolist(),
        "t": fit.tvalues.tolist(),
        "p": fit.pvalues.tolist(),
        "r2": float(fit.rsquared),
        "r2Adjusted": float(fit.rsquared_adj),
        "residualAutocorrelation": float(acf(fit.resid, nlags=1, fft=False)[1]),
    }


n = 40
x = rng.standard_normal((n, 4)) * [0.01, 1, 0.05, 3] + [0, 2, 0, -1]
wide = x @ [4, -0.2, 1, 0.05] + rng.standard_t(3, n) * (0.2 + np.abs(x[:, 1]))
near = np.column_stack([x[:, 1], x[:, 1] + 1e-5 * rng.standard_normal(n), x[:, 3]])
cases = [
    case("unequal width", x, wide),
    case("near copies", near, near @ [1, 1, -0.5] + rng.standard_normal(n)),
    case("a constant alone", np.empty((n, 0)), wide),
]
quantiles = [
    {"p": p, "df": df, "quantile": float(stats.t.isf(p / 2, df))}
    for p in [1e-8, 0.001, 0.05, 0.1, 0.5, 0.99]
    for df in [0.7, 1, 4.25, 14, 120, 1e6]
]
print(json.dumps({"cases": cases, "quantiles": quantiles}))
