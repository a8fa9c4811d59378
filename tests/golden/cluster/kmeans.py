"""k-means by scikit-learn. Run: python kmeans.py > kmeans.json (scikit-learn 1.9.1, numpy 2.4.6)."""
import json

import numpy as np
from sklearn.cluster import KMeans

rng = np.random.default_rng(5)
places = rng.uniform(-10, 10, (5, 3))
apart = np.round(places[np.arange(120) % 5] + rng.standard_normal((120, 3)) / 2, 3)
initial = apart[[3, 8, 40, 61, 117]]
given = KMeans(5, init=initial, n_init=1, tol=0, max_iter=300).fit(apart)
mixed = np.round(1.5 * rng.standard_normal((4, 4))[np.arange(160) % 4] + rng.standard_normal((160, 4)), 3)
best = KMeans(4, n_init=20, tol=0, max_iter=1000, random_state=0).fit(mixed)
print(json.dumps({
    "apart": apart.ravel().tolist(),
    "initial": initial.ravel().tolist(),
    "labels": given.labels_.tolist(),
    "centres": given.cluster_centers_.ravel().tolist(),
    "inertia": float(given.inertia_),
    "mixed": mixed.ravel().tolist(),
    "bestInertia": float(best.inertia_),
    "bestLabels": best.labels_.tolist(),
}))
