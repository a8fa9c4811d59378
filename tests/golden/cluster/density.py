"""DBSCAN and HDBSCAN by scikit-learn. Run: python density.py > density.json (scikit-learn 1.9.1, numpy 2.4.6)."""
import json

import numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import DBSCAN, HDBSCAN

rng = np.random.default_rng(11)


def blobs(centres, sizes, spreads, n_noise, dimension):
    groups = [c + s * rng.standard_normal((n, dimension)) for c, n, s in zip(centres, sizes, spreads)]
    return np.vstack(groups + [rng.uniform(-8, 8, (n_noise, dimension))])


fixtures = {
    "three groups": blobs([[-4, 0], [4, 0], [0, 5]], [20, 15, 10], [0.5, 0.5, 0.5], 0, 2),
    "groups of unequal density in noise": blobs([[-4, -4], [4, 4], [4, -4]], [25, 25, 12], [0.2, 0.9, 0.4], 20, 2),
    "groups within groups": blobs([[0, 0], [1.5, 0], [6, 6], [6, 7.5]], [15, 15, 15, 15], [0.3] * 4, 8, 2),
    "noise": rng.uniform(-1, 1, (60, 3)),
}
out = []
for name, points in fixtures.items():
    order = rng.permutation(len(points))
    distance = np.round(pdist(points[order]), 6)
    square = squareform(distance)
    case = {"name": name, "n": len(points), "distance": distance.tolist(), "dbscan": [], "hdbscan": []}
    for radius, min_points in ((0.4, 3), (0.7, 4), (1.2, 6)):
        model = DBSCAN(eps=radius, min_samples=min_points, metric="precomputed").fit(square)
        case["dbscan"].append({"radius": radius, "minPoints": min_points, "labels": model.labels_.tolist(),
                               "core": model.core_sample_indices_.tolist()})
    for size, samples in ((5, 5), (5, 2), (8, 3), (3, 1), (12, 6)):
        model = HDBSCAN(min_cluster_size=size, min_samples=samples, metric="precomputed", copy=True).fit(square)
        case["hdbscan"].append({"minClusterSize": size, "minSamples": samples, "labels": model.labels_.tolist(),
                                "probabilities": np.round(model.probabilities_, 14).tolist()})
    out.append(case)
print(json.dumps(out))
