"""Trees by scipy, silhouettes by scikit-learn, gap statistic by numpy.

Run: python trees.py > trees.json (scipy 1.17.1, scikit-learn 1.9.1, numpy 2.4.6).
"""
import json

import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import cophenet, fcluster, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_samples, silhouette_score

METHODS = ("ward", "average", "complete", "single")


def tree(distances, method):
    found = linkage(distances, method)
    return {
        "method": method,
        "left": found[:, 0].astype(int).tolist(),
        "right": found[:, 1].astype(int).tolist(),
        "height": found[:, 2].tolist(),
        "size": found[:, 3].astype(int).tolist(),
    }


def fixture():
    """The points of methods.md, section 7."""
    points = np.array([(0, 0), (1, 0), (0, 1), (5, 5), (6, 5), (10, 0.5)])
    distances = pdist(points)
    found = linkage(distances, "ward")
    labels = fcluster(found, 3, "maxclust")
    return {
        "distances": distances.tolist(),
        "tree": tree(distances, "ward"),
        "copheneticCorrelation": float(cophenet(found, distances)[0]),
        "cophenetic": cophenet(found).tolist(),
        "labels3": labels.tolist(),
        "silhouette3": float(silhouette_score(squareform(distances), labels, metric="precomputed")),
    }


def random_case(rng, n):
    # five groups, distances rounded to 9 digits: no ties, and a small file
    points = 2 * rng.standard_normal((5, 3))[rng.integers(0, 5, n)] + rng.standard_normal((n, 3))
    distances = np.round(pdist(points), 9)
    assert len(np.unique(distances)) == len(distances)
    return distances


def case(rng, n):
    distances = random_case(rng, n)
    square = squareform(distances)
    trees, cuts = [], []
    for method in METHODS:
        found = linkage(distances, method)
        correlation, heights = cophenet(found, distances)
        trees.append(tree(distances, method) | {
            "copheneticCorrelation": float(correlation),
            "copheneticSum": float(heights.sum()),
            "cophenetic": heights.tolist() if n <= 30 else None,
        })
        for k in (2, 3, min(n - 1, 7)):
            labels = fcluster(found, k, "maxclust")
            middle = (found[n - k - 1, 2] + found[n - k, 2]) / 2
            assert len(set(labels)) == k and (fcluster(found, middle, "distance") == labels).all()
            within = sum(
                (square[np.ix_(labels == c, labels == c)] ** 2).sum() / (2 * (labels == c).sum())
                for c in set(labels)
            )
            cuts.append({
                "method": method,
                "k": k,
                "height": float(middle),
                "labels": labels.tolist(),
                "silhouette": float(silhouette_score(square, labels, metric="precomputed")),
                "samples": silhouette_samples(square, labels, metric="precomputed").tolist()
                if n <= 30 else None,
                "logWithin": float(np.log(within)),
            })
    return {"n": n, "distances": distances.tolist(), "trees": trees, "cuts": cuts}


def gap(rng):
    falling = 5 - np.log(np.arange(1, 9))
    data = falling - np.array([0, 0.3, 0.6, 0.58, 0.57, 0.6, 0.61, 0.59])
    nulls = falling + 0.05 * rng.standard_normal((20, 8))
    gaps = nulls.mean(axis=0) - data
    errors = nulls.std(axis=0) * np.sqrt(1 + 1 / len(nulls))
    enough = gaps[:-1] >= gaps[1:] - errors[1:]
    return {
        "logWithin": data.tolist(),
        "nulls": nulls.tolist(),
        "gap": gaps.tolist(),
        "error": errors.tolist(),
        "chosen": int(np.argmax(enough)) + 1 if enough.any() else 8,
    }


def length(order, square):
    return float(sum(square[a, b] for a, b in zip(order, order[1:])))


def brute(found, square):
    n = len(square)
    orders = {i: [(i,)] for i in range(n)}
    for m, (a, b) in enumerate(found[:, :2].astype(int)):
        orders[n + m] = [
            first + second
            for p in orders[a] for q in orders[b]
            for first, second in ((p, q), (q, p))
        ]
    return min(length(order, square) for order in orders[2 * n - 2])


def leaf_orders(rng):
    """Where scipy's order is longer than the shortest one, found by trying every flip."""
    cases = []
    for kind in ("euclidean", "tied", "any"):
        n_longer = 0
        for _ in range(150):
            n = int(rng.integers(4, 9))
            if kind == "euclidean":
                distances = np.round(pdist(rng.standard_normal((n, 2))), 6)
            elif kind == "tied":
                distances = rng.integers(1, 4, n * (n - 1) // 2).astype(float)
            else:
                distances = np.round(rng.random(n * (n - 1) // 2), 6)
            square = squareform(distances)
            found = linkage(distances, "average")
            ordered = optimal_leaf_ordering(found, distances)
            theirs = length(scipy.cluster.hierarchy.leaves_list(ordered), square)
            best = brute(found, square)
            longer = theirs > best + 1e-9
            n_longer += longer
            if longer and n_longer <= 3 or _ < 2:
                cases.append({
                    "kind": kind,
                    "distances": distances.tolist(),
                    "n": n,
                    "tree": tree(distances, "average"),
                    "scipy": theirs,
                    "best": best,
                })
        cases.append({"kind": kind, "tried": 150, "scipyLonger": n_longer})
    return cases


def main():
    rng = np.random.default_rng(7)
    print(json.dumps({
        "versions": f"scipy {scipy.__version__}, scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "fixture": fixture(),
        "cases": [case(rng, n) for n in (5, 30, 200)],
        "gap": gap(rng),
        "leafOrders": leaf_orders(rng),
    }))


main()
