"""t tails, correlation tests and false discovery by scipy and statsmodels.

Run: python evidence.py > evidence.json (scipy 1.17.1, statsmodels 0.15.0)
"""
import json

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(3)
tails = [[t, df, float(2 * stats.t.sf(abs(t), df))]
         for t in (-40.0, -3.5, -1.0, -0.001, 0.0, 0.3, 1.96, 5.0, 12.0) for df in (1, 2, 5, 28.5, 58, 400, 5000)]
pearson = []
for n in (4, 10, 30, 60, 365):
    x = rng.standard_normal(n)
    y = 0.4 * x + rng.standard_normal(n)
    r = stats.pearsonr(x, y)
    ci = r.confidence_interval(0.95)
    pearson.append([float(r.statistic), n, float(ci.low), float(ci.high), float(r.pvalue)])
x = rng.standard_normal(45)
y = np.round(0.5 * x + rng.standard_normal(45), 1)
s = stats.spearmanr(x, y)
p = np.concatenate([rng.uniform(0, 1, 40), rng.uniform(0, 0.001, 5), [0.0, 1.0, 0.5, 0.5]])
print(json.dumps({
    "tails": tails,
    "pearson": pearson,
    "spearman": [float(s.statistic), 45, float(s.pvalue)],
    "p": p.tolist(),
    "bh": multipletests(p, method="fdr_bh")[1].tolist(),
    "by": multipletests(p, method="fdr_by")[1].tolist(),
}))
