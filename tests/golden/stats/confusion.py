"""Confusion of classes and their scores by scikit-learn.

Run: python confusion.py > confusion.json (scikit-learn 1.9.1)
"""
import json
import math

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

rng = np.random.default_rng(31)
names = np.array(["sports", "crypto", "fed", "Space", "élections", "zero"])
truth = names[rng.choice(6, 300, p=[0.5, 0.2, 0.15, 0.1, 0.04, 0.01])]
pairs = [
    (["a", "a", "b"], ["a", "b", "b"]),
    (["a", "a"], ["b", "c"]),
    (["x"], ["x"]),
    (truth, np.where(rng.random(300) < 0.3, rng.choice(names, 300), truth)),
]
known = lambda values: [None if math.isnan(x) else float(x) for x in values]
cases = []
for true, given in pairs:
    precision, recall, _, support = precision_recall_fscore_support(true, given, zero_division=np.nan)
    f1 = precision_recall_fscore_support(true, given, zero_division=0)[2]
    cases.append({
        "truth": list(map(str, true)),
        "given": list(map(str, given)),
        "counts": confusion_matrix(true, given).ravel().tolist(),
        "accuracy": float(accuracy_score(true, given)),
        "macroF1": float(f1_score(true, given, average="macro", zero_division=0)),
        "precision": known(precision),
        "recall": known(recall),
        "f1": known(f1),
        "nTrue": support.tolist(),
    })
print(json.dumps(cases))
