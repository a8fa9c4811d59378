"""Cohen's kappa by scikit-learn, Krippendorff's alpha from his paper.

Run: python rater_agreement.py > rater_agreement.json (scikit-learn 1.9.1)

The alphas are the printed values of Krippendorff 2011, "Computing Krippendorff's
alpha-reliability", sections A to C: binary data, nominal data, nominal data with several
observers and missing labels (-1 here).
"""
import json

import numpy as np
from sklearn.metrics import cohen_kappa_score

rng = np.random.default_rng(23)
truth = rng.integers(0, 6, 300)
pairs = [
    ([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]),
    ([0, 1, 2, 3], [0, 1, 2, 3]),
    ([0, 1, 0, 1], [1, 0, 1, 0]),
    ([0, 0, 0, 0], [0, 1, 2, 3]),
    ([0, 1, 2], [3, 4, 5]),
    ([0] * 45 + [1] * 5, [0] * 43 + [1] * 7),
    (rng.integers(0, 5, 80), rng.integers(0, 9, 80)),
    (truth, np.where(rng.random(300) < 0.2, rng.integers(0, 6, 300), truth)),
    (np.minimum(rng.geometric(0.3, 200), 15), np.minimum(rng.geometric(0.3, 200), 15)),
]
kappas = []
for a, b in pairs:
    a, b = np.asarray(a), np.asarray(b)
    kappas.append({"a": a.tolist(), "b": b.tolist(), "kappa": float(cohen_kappa_score(a, b))})
alphas = [
    {"raters": [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], "alpha": "0.095"},
    {
        "raters": [
            [0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0],
            [1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3],
        ],
        "alpha": "0.692",
    },
    {
        "raters": [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, -1, -1, -1],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, -1, 3],
            [-1, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, -1],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, -1],
        ],
        "alpha": "0.743",
    },
]
print(json.dumps({"kappas": kappas, "alphas": alphas}))
