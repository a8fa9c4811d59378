"""Macro fits by scikit-learn: expanding folds in time order, penalties per observation, circular shifts, signs.

Run: python macro_fits.py > macro_fits.json
"""
import json
import warnings

import numpy as np
import sklearn
import statsmodels
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.tsa.stattools import acf

ALPHAS = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000]
FOLDS = 5
SIGN_DRAWS = 12


class RidgePerObservation(Ridge):
    """Ridge whose penalty is alpha times the rows that it is fitted on."""

    def __init__(self, per_row=1.0):
        super().__init__(solver="svd")
        self.per_row = per_row

    def fit(self, x, y, sample_weight=None):
        self.alpha = self.per_row * len(y)
        return super().fit(x, y, sample_weight)


def model(alpha, n, is_fixed):
    return make_pipeline(StandardScaler(), Ridge(alpha=alpha if is_fixed else alpha * n, solver="svd"))


def out_of_sample(x, y, alphas, is_fixed):
    """Out-of-sample R², index of the penalty for the whole sample, and the predictions."""
    n = len(y)
    edges = [j * n // FOLDS for j in range(FOLDS + 1)]
    errors, benchmark, predictions = [], 0.0, []
    for start, stop in zip(edges[1:-1], edges[2:]):
        fold = [model(a, start, is_fixed).fit(x[:start], y[:start]).predict(x[start:stop]) for a in alphas]
        errors.append([float(((y[start:stop] - p) ** 2).sum()) for p in fold])
        predictions.append(fold)
        benchmark += float(((y[start:stop] - y[:start].mean()) ** 2).sum())
    table, error, predicted = np.array(errors), 0.0, []
    for j in range(len(table)):
        chosen = len(alphas) - 1 if j == 0 else int(np.argmin(table[:j].sum(0)))
        error += table[j, chosen]
        predicted += predictions[j][chosen].tolist()
    return 1 - error / benchmark, int(np.argmin(table.sum(0))), predicted


def signed(x, y, signs, alphas, is_fixed):
    """R² within and out of sample of the centred moves with each row of signs."""
    r2, r2_oos = [], []
    for row in signs:
        moves = row * (y - y.mean())
        one_oos, pick, _ = out_of_sample(x, moves, alphas, is_fixed)
        r2_oos.append(one_oos)
        r2.append(model(alphas[pick], len(y), is_fixed).fit(x, moves).score(x, moves))
    return {"r2": r2, "r2Oos": r2_oos}


def fit(x, y, alphas, is_fixed):
    n, k = x.shape
    r2_oos, chosen, predicted = out_of_sample(x, y, alphas, is_fixed)
    alpha = alphas[chosen] if is_fixed else alphas[chosen] * n
    pipeline = model(alpha, n, True).fit(x, y)
    r2 = pipeline.score(x, y)
    z = StandardScaler().fit_transform(x)
    df = float(np.trace(z @ np.linalg.inv(z.T @ z + alpha * np.eye(k)) @ z.T))
    null, null_oos = [], []
    for offset in range(1, n):
        turned = np.roll(y, -offset)
        one_oos, pick, _ = out_of_sample(x, turned, alphas, is_fixed)
        null_oos.append(one_oos)
        null.append(model(alphas[pick], n, is_fixed).fit(x, turned).score(x, turned))
    null = np.array(null)
    return {
        "alpha": alpha,
        "df": df,
        "r2": r2,
        "r2Adjusted": 1 - (1 - r2) * (n - 1) / (n - df - 1) if n > k + 1 else None,
        "r2Oos": r2_oos,
        "nullR2": float(null.mean()),
        "nullPercentile": float((null < r2).mean()),
        "nullR2Oos": sorted(null_oos),
        "residualAutocorrelation": float(acf(y - pipeline.predict(x), nlags=1, fft=False)[1]),
        "beta": pipeline[-1].coef_.tolist(),
        "predicted": predicted,
    }


def grid_search(x, y):
    """The penalty per observation that scikit-learn's own search over the same folds picks."""
    n = len(y)
    edges = [j * n // FOLDS for j in range(FOLDS + 1)]
    splits = [(np.arange(a), np.arange(a, b)) for a, b in zip(edges[1:-1], edges[2:])]
    pipeline = make_pipeline(StandardScaler(), RidgePerObservation())
    grid = {"ridgeperobservation__per_row": ALPHAS}
    search = GridSearchCV(pipeline, grid, cv=splits, scoring="neg_mean_squared_error").fit(x, y)
    return float(search.best_params_["ridgeperobservation__per_row"])


def case(rng, n_sessions, k, specs):
    drivers = rng.standard_normal((n_sessions, 3))
    moves = drivers @ rng.standard_normal((3, k)) + 0.5 * rng.standard_normal((n_sessions, k))
    moves = np.round(moves * 10.0 ** rng.integers(-3, 2, k) + 0.001, 7)
    moves[:, -1] = np.round(moves[:, 0] * 2 + 1e-3 * rng.standard_normal(n_sessions), 7)
    signs = np.random.default_rng(42).choice([-1, 1], (SIGN_DRAWS, n_sessions))
    contracts = []
    for sessions, size in specs:
        x = moves[sessions]
        y = np.round(size * (x[:, 1] / x[:, 1].std()) + rng.standard_normal(len(sessions)), 6)
        contracts.append({
            "session": list(map(int, sessions)),
            "move": y.tolist(),
            "chosen": fit(x, y, ALPHAS, False),
            "fixed": fit(x, y, [1.0], True),
            "signed": {
                "chosen": signed(x, y, signs[:, sessions], ALPHAS, False),
                "fixed": signed(x, y, signs[:, sessions], [1.0], True),
            },
            "searched": grid_search(x, y) if len(y) % FOLDS == 0 else None,
        })
    return {"k": k, "moves": moves.ravel().tolist(), "signs": signs.ravel().tolist(), "contracts": contracts}


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(41)
    gaps = np.setdiff1d(np.arange(10, 80), [20, 21, 40, 55, 70, 71, 72])
    sparse = np.sort(rng.choice(100, 35, replace=False))
    print(json.dumps({
        "versions": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}, "
        f"statsmodels {statsmodels.__version__}",
        "alphas": ALPHAS,
        "folds": FOLDS,
        "cases": [
            case(rng, 100, 7, [
                (np.arange(30, 80), 0.6), (gaps, 0.0), (sparse, 1.5), (np.arange(60, 92), 0.3),
            ]),
            case(rng, 60, 41, [(np.arange(0, 60), 0.8), (np.arange(5, 40), 0.0)]),
        ],
    }))


main()
