"""Spectral clusters by scikit-learn, eigenvectors by numpy, and classical scaling by numpy.

Run: python spectral.py > spectral.json (scikit-learn 1.9.1, numpy 2.4.6)
"""
import json

import numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import SpectralClustering

rng = np.random.default_rng(2)


def walk(affinity, k):
    a = affinity.copy()
    np.fill_diagonal(a, 0)
    degree = a.sum(axis=0)
    values, vectors = np.linalg.eigh(a / np.sqrt(np.outer(degree, degree)))
    return values[::-1][:k], (vectors[:, ::-1][:, :k] / np.sqrt(degree)[:, None])


groups = np.array([[0, 0], [6, 1], [1, 7], [8, 8]])[np.arange(60) % 4] + rng.standard_normal((60, 2))
angle = rng.uniform(0, 2 * np.pi, 100)
radius = np.where(np.arange(100) % 2 == 0, 1, 2.4) + 0.1 * rng.standard_normal(100)
rings = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
out = {"spectral": []}
for name, points, k, width in (("groups", groups, 4, 3.0), ("rings", rings, 2, 0.2)):
    condensed = np.round(np.exp(-pdist(points) ** 2 / width), 9)
    affinity = squareform(condensed) + np.eye(len(points))
    labels = SpectralClustering(k, affinity="precomputed", random_state=0, n_init=20).fit_predict(affinity)
    values, vectors = walk(affinity, k)
    out["spectral"].append({"name": name, "k": k, "affinity": condensed.tolist(), "labels": labels.tolist(),
                            "eigenvalues": values.tolist(), "coordinates": vectors.ravel().tolist()})

out["scaling"] = []
for name, n, bent in (("Euclidean", 40, 0.0), ("not Euclidean", 40, 0.8), ("larger than the basis", 130, 0.3)):
    points = rng.standard_normal((n, 6)) * np.array([5, 4, 3, 2, 1, 0.5])
    distance = np.round(pdist(points) * (1 + bent * (rng.random(n * (n - 1) // 2) - 0.5)), 4 if bent else 15)
    square = squareform(distance) ** 2
    centring = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centring @ square @ centring)
    lead = values[::-1][:3]
    out["scaling"].append({"name": name, "n": n, "distance": distance.tolist(), "eigenvalues": lead.tolist(),
                           "coordinates": (vectors[:, ::-1][:, :3] * np.sqrt(lead)).ravel().tolist(),
                           "negativeShare": float(-values[0] / values[-1]) if bent else 0.0})
print(json.dumps(out))
