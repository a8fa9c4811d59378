"""The clustering benchmarks' work in scipy and scikit-learn: python linkage.py > JSON of
{group: nanoseconds per run}, the fastest run of each.

Data are of the same shapes, drawn by another generator: only the amount of work is compared.
"""
import json
import sys
import time

import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_score


def nanoseconds(work, at_least=3):
    work()
    times = []
    stop = time.perf_counter() + 1.0
    while time.perf_counter() < stop or len(times) < at_least:
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return min(times)


def silhouettes(square, tree):
    for k in range(2, 41):
        silhouette_score(square, fcluster(tree, k, "maxclust"), metric="precomputed")


def main():
    out = {}
    rng = np.random.default_rng(1)
    for n in (300, 1000, 2721):
        centres = rng.standard_normal((8, 20))
        distances = pdist(centres[np.arange(n) % 8] + rng.standard_normal((n, 20)))
        tree = linkage(distances, "ward")
        square = squareform(distances)
        out[f"Ward {n}"] = nanoseconds(lambda: linkage(distances, "ward"))
        out[f"silhouettes of k = 2…40, {n}"] = nanoseconds(lambda: silhouettes(square, tree), 2)
    out["versions"] = (
        f"python {sys.version.split()[0]}, scipy {scipy.__version__}, "
        f"scikit-learn {sklearn.__version__}"
    )
    print(json.dumps(out))


main()
