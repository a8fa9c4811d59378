"""Every cut of a Ward tree by scipy, with the silhouettes of its clusters by scikit-learn.

Run: python cuts.py > cuts.json (scipy 1.17.1, scikit-learn 1.9.1, numpy 2.4.6).
"""
import json

import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.stats import spearmanr
from sklearn.metrics import silhouette_samples, silhouette_score

DAYS, SIZES = 50, (7, 5, 4, 3, 2)


def panel(rng):
    """Moves that share one factor and one of their group, so that all are held as quoted."""
    common = rng.standard_normal((DAYS, 1))
    groups = np.concatenate([np.repeat(rng.standard_normal((DAYS, 1)), size, axis=1) for size in SIZES], axis=1)
    own = rng.standard_normal((DAYS, sum(SIZES)))
    moves = 0.5 * common + 0.6 * groups + 0.6 * own
    return np.round(moves[:, rng.permutation(sum(SIZES))], 6)


def cuts(moves):
    rho = spearmanr(moves).statistic
    n = len(rho)
    upper = rho[np.triu_indices(n, 1)]
    tree = linkage(np.sqrt(2 * (1 - upper)), "ward")
    assert (np.diff(tree[:, 2]) > 1e-9).all()
    plain = squareform(1 - upper)
    found = []
    for k in range(2, n):
        labels = fcluster(tree, k, "maxclust")
        assert len(set(labels)) == k
        samples = silhouette_samples(plain, labels, metric="precomputed")
        found.append({
            "k": k,
            "height": float((tree[n - k - 1, 2] + tree[n - k, 2]) / 2),
            "silhouette": float(silhouette_score(plain, labels, metric="precomputed")),
            "clusters": [
                {
                    "members": np.flatnonzero(labels == c).tolist(),
                    "silhouette": float(samples[labels == c].mean()),
                }
                for c in sorted(set(labels))
            ],
        })
    return {"upper_min": float(upper.min()), "cuts": found}


if __name__ == "__main__":
    moves = panel(np.random.default_rng(7))
    print(json.dumps({
        "versions": {"scipy": scipy.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "days": DAYS,
        "moves": moves.ravel().tolist(),
        **cuts(moves),
    }))
