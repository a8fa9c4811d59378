"""Ridge regression by scikit-learn, raw and after StandardScaler, with the trace of its hat matrix by numpy.

Run: python ridge.py > ridge.json
"""
import json
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def degrees(x, alpha):
    """Trace of the hat matrix of centred factors."""
    z = x - x.mean(0)
    inverse = np.linalg.pinv(z.T @ z) if alpha == 0 else np.linalg.inv(z.T @ z + alpha * np.eye(z.shape[1]))
    return float(np.trace(z @ inverse @ z.T))


def fit(x, y, alpha, is_standardised):
    model = LinearRegression() if alpha == 0 else Ridge(alpha=alpha, solver="svd")
    scaled = StandardScaler().fit_transform(x) if is_standardised else x
    model.fit(scaled, y)
    return {
        "alpha": alpha,
        "isStandardised": is_standardised,
        "coefficients": model.coef_.tolist(),
        "intercept": float(model.intercept_),
        "r2": float(model.score(scaled, y)),
        "df": degrees(scaled, alpha),
    }


def case(name, x, y, alphas):
    return {
        "name": name,
        "x": x.ravel().tolist(),
        "y": y.tolist(),
        "fits": [fit(x, y, alpha, flag) for alpha in alphas for flag in (False, True)],
    }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(6)
    x = np.round(rng.standard_normal((40, 6)) * [1, 0.01, 3, 1, 50, 1] + [0, 0.02, 10, 0, 900, 0], 6)
    constant = x.copy()
    constant[:, 3] = 0.1
    wide = np.round(rng.standard_normal((12, 20)), 6)
    y, short = np.round(rng.standard_normal(40), 6), np.round(rng.standard_normal(12), 6)
    fixture = np.array([(1, 2), (2, 1), (3, 5), (4, 3), (5, 8), (6, 5)], float)
    seen = np.array([1, 2, 2.5, 4, 5.5, 5])
    print(json.dumps({
        "versions": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}",
        "cases": [
            case("six rows of methods.md", fixture, seen, [0, 1, 10]),
            case("factors of different scale", x, y, [0, 0.01, 1, 1000]),
            case("a constant factor", constant, y, [0, 1]),
            case("more factors than rows", wide, short, [0, 0.1, 10]),
        ],
    }))


main()
