"""Calibration of forecasts by scikit-learn, and their expected error from its definition by numpy.

Run: python reliability.py > reliability.json (scikit-learn 1.9.1, numpy 2.4.6)
"""
import json

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss

rng = np.random.default_rng(29)
spread = rng.beta(4, 1.5, 400)
forecasts = [
    (np.array([0.1, 0.4, 0.35, 0.8, 0.9]), np.array([False, False, True, True, True])),
    (spread, rng.random(400) < spread),
    (np.round(spread, 1), rng.random(400) < spread**2),
    (np.array([0.0, 1.0, 1.0, 0.5]), np.array([False, True, False, True])),
]
cases = []
for probability, right in forecasts:
    bins = []
    for n_bins in (1, 5, 10):
        for strategy, by in (("uniform", "width"), ("quantile", "count")):
            share, mean = calibration_curve(right, probability, n_bins=n_bins, strategy=strategy)
            bins.append({"nBins": n_bins, "by": by, "shareRight": share.tolist(), "meanProbability": mean.tolist()})
    edges = np.linspace(0, 1, 11)
    at = np.searchsorted(edges[1:-1], probability)
    error = sum(abs(right[at == b].mean() - probability[at == b].mean()) * np.sum(at == b) for b in np.unique(at))
    cases.append({
        "probability": probability.tolist(),
        "right": right.tolist(),
        "bins": bins,
        "errorOfTen": float(error / len(right)),
        "brier": float(brier_score_loss(right, probability)),
        "log": float(log_loss(right, probability)),
    })
print(json.dumps(cases))
