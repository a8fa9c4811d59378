"""Contingency tables against independence by scipy and statsmodels; balanced purity by sample weights of numpy.

Run: python contingency_cells.py > contingency_cells.json (scipy 1.17.1, statsmodels 0.15.0, numpy 2.4.6)
"""
import json

import numpy as np
from scipy.stats import hypergeom
from scipy.stats.contingency import expected_freq
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(23)
truth = np.minimum(rng.geometric(0.3, 500) - 1, 8)
pairs = [
    ([0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 0]),
    (rng.integers(0, 4, 60), rng.integers(0, 6, 60)),
    (np.where(rng.random(500) < 0.5, rng.integers(0, 12, 500), truth), truth),
]
cases = []
for clusters, classes in pairs:
    clusters, classes = np.asarray(clusters), np.asarray(classes)
    rows, columns = np.unique(clusters), np.unique(classes)
    counts = np.array([[np.sum((clusters == r) & (classes == c)) for c in columns] for r in rows])
    n = counts.sum()
    p = hypergeom.sf(counts - 1, n, counts.sum(axis=0)[None, :], counts.sum(axis=1)[:, None])
    weight = 1 / (len(columns) * np.array([np.sum(classes == c) for c in classes]))
    purity = sum(max(weight[(clusters == r) & (classes == c)].sum() for c in columns) for r in rows)
    cases.append({
        "clusters": clusters.tolist(),
        "classes": classes.tolist(),
        "counts": counts.ravel().tolist(),
        "expected": expected_freq(counts).ravel().tolist(),
        "residual": Table(counts, shift_zeros=False).standardized_resids.ravel().tolist(),
        "pValue": p.ravel().tolist(),
        "qValue": multipletests(p.ravel(), method="fdr_bh")[1].tolist(),
        "balancedPurity": float(purity),
    })
tails = [
    {"count": k, "nItems": n, "nMarked": m, "nDrawn": d, "tail": float(hypergeom.sf(k - 1, n, m, d))}
    for k, n, m, d in [(0, 5, 2, 2), (2, 4, 2, 2), (3, 4, 2, 2), (1, 4, 4, 1), (60, 10_000, 900, 120), (25, 10_000, 900, 120), (5, 10_000, 900, 120), (40, 300, 60, 45), (7, 3000, 2800, 10)]
]
print(json.dumps({"cases": cases, "tails": tails}))
