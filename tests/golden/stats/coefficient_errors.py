"""Student's quantiles far out by scipy; errors and tests of a badly scaled fit by statsmodels.

Run: python coefficient_errors.py > coefficient_errors.json (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)
"""
import json

import numpy as np
import statsmodels.api as sm
from scipy import stats

rng = np.random.default_rng(31)
n = 25
x = np.column_stack([rng.standard_normal(n) * 1e-6, 1e4 + rng.standard_normal(n) * 50])
y = 3 + 2e5 * x[:, 0] + 0.01 * x[:, 1] * rng.standard_normal(n)
fit = sm.OLS(y, sm.add_constant(x)).fit()
robust = {kind: fit.get_robustcov_results(kind) for kind in ["HC0", "HC1"]}
print(json.dumps({
    "x": x.ravel().tolist(),
    "y": y.tolist(),
    "errors": {
        "classical": fit.bse.tolist(),
        **{kind: one.bse.tolist() for kind, one in robust.items()},
    },
    "t": robust["HC1"].tvalues.tolist(),
    "p": robust["HC1"].pvalues.tolist(),
    "quantiles": [
        {"p": p, "df": df, "quantile": float(stats.t.isf(p / 2, df))}
        for p in [1e-40, 1e-20, 1e-17, 1e-15]
        for df in [1, 4.25, 14, 120]
    ],
}))
