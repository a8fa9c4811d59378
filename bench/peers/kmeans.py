"""The k-means benchmark's work in scikit-learn: python kmeans.py > JSON of {group: nanoseconds}."""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import KMeans


def nanoseconds(work):
    work()
    times = []
    stop = time.perf_counter() + 1.0
    while time.perf_counter() < stop or len(times) < 3:
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return min(times)


def main():
    rng = np.random.default_rng(1)
    out = {}
    for n, dimension in ((300, 9), (2721, 9), (2721, 20)):
        points = rng.standard_normal((n, dimension))
        key = f"k-means {n} × {dimension}, k = 8, 10 starts"
        out[key] = nanoseconds(lambda: KMeans(8, n_init=10, random_state=1).fit(points))
    out["versions"] = f"python {sys.version.split()[0]}, scikit-learn {sklearn.__version__}"
    print(json.dumps(out))


main()
