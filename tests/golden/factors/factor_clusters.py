"""Clusters of loadings by scikit-learn, shrinkage by numpy, clustered means by statsmodels.

Run: python factor_clusters.py > factor_clusters.json (numpy 2.4.6, scikit-learn 1.9.1, statsmodels 0.15.0)
"""
import json

import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.cluster import KMeans, SpectralClustering
from sklearn.metrics import silhouette_samples, silhouette_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(6)
n, k = 90, 4
group = np.arange(n) % 3
truth = np.array([[0, 0, 0, 0], [0.09, -0.06, 0, 0], [0, 0, 0.08, 0.07]])[group]
error = rng.uniform(0.01, 0.03, (n, k))
beta = truth + error * rng.standard_normal((n, k))
event = np.array([f"e{i // 2}" for i in range(n)])

variance = np.maximum(0, beta.var(axis=0, ddof=1) - (error**2).mean(axis=0))
centre = beta.mean(axis=0)
shrunk = centre + variance / (variance + error**2) * (beta - centre)
raw_points = StandardScaler().fit_transform(beta)
shrunk_points = (shrunk - centre) / beta.std(axis=0)
scores = beta / error


def kmeans(points):
    fit = KMeans(3, n_init=20, random_state=0).fit(points)
    return {
        "labels": fit.labels_.tolist(),
        "silhouette": float(silhouette_score(points, fit.labels_)),
        "each": silhouette_samples(points, fit.labels_).tolist(),
    }


nearest = NearestNeighbors(n_neighbors=8).fit(scores)
width = nearest.kneighbors(scores)[0][:, 7]
squared = ((scores[:, None] - scores[None]) ** 2).sum(-1)
affinity = np.exp(-squared / np.outer(width, width))
spectral = SpectralClustering(3, affinity="precomputed", random_state=0, n_init=20).fit(affinity)

members = group == 1
codes = np.unique(event[members], return_inverse=True)[1]
fit = sm.OLS(beta[members, 0], np.ones(members.sum())).fit(
    cov_type="cluster", cov_kwds={"groups": codes}, use_t=True
)
# statsmodels multiplies by (N - 1) / (N - p) too, which is 1 for a mean
groups = len(set(codes))
reach = stats.t.ppf(0.975, groups - 1) * fit.bse[0]
by_event = [scores[members, 0][codes == c].mean() for c in range(groups)]
print(json.dumps({
    "beta": beta.ravel().tolist(),
    "error": error.ravel().tolist(),
    "event": event.tolist(),
    "variance": variance.tolist(),
    "shrunk": shrunk.ravel().tolist(),
    "kmeans_raw": kmeans(raw_points),
    "kmeans_shrunk": kmeans(shrunk_points),
    "kmeans_score": kmeans(scores),
    "affinity": affinity[np.triu_indices(n, 1)].tolist()[:40],
    "spectral": spectral.labels_.tolist(),
    "group": group.tolist(),
    "profile": {
        "mean": float(fit.params[0]),
        "low": float(fit.params[0] - reach),
        "high": float(fit.params[0] + reach),
        "z": float(np.sum(by_event) / np.sqrt(groups)),
        "events": groups,
    },
}))
