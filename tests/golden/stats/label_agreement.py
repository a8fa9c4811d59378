"""Agreement of groupings by scikit-learn.

Run: python label_agreement.py > label_agreement.json (scikit-learn 1.9.1)
"""
import json

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix

rng = np.random.default_rng(19)
truth = rng.integers(0, 7, 400)
pairs = [
    ([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]),
    ([0, 0, 1, 1], [0, 0, 1, 1]),
    ([0, 0, 1, 1], [0, 1, 0, 1]),
    ([0, 0, 0, 0], [0, 1, 2, 3]),
    ([0, 0, 0, 0], [5, 5, 5, 5]),
    ([0, 1, 2, 3], [3, 1, 0, 2]),
    ([0], [4]),
    ([0, 1], [0, 0]),
    ([0, 0, 0, 1, 1, 2], [2, 2, 2, 0, 0, 1]),
    ([0] * 9 + [1], [0] * 8 + [1] * 2),
    (rng.integers(0, 5, 60), rng.integers(0, 9, 60)),
    (truth, np.where(rng.random(400) < 0.3, rng.integers(0, 7, 400), truth)),
    (np.minimum(rng.geometric(0.3, 300), 20), np.minimum(rng.geometric(0.1, 300), 60)),
]
cases = []
for a, b in pairs:
    a, b = np.asarray(a), np.asarray(b)
    table = contingency_matrix(a, b)
    cases.append({
        "a": a.tolist(),
        "b": b.tolist(),
        "table": table.ravel().tolist(),
        "ari": float(adjusted_rand_score(a, b)),
        "ami": float(adjusted_mutual_info_score(a, b, average_method="arithmetic")),
        "purity": float(table.max(axis=1).sum() / a.size),
        "majorityShare": float(table.sum(axis=0).max() / a.size),
    })
print(json.dumps(cases))
