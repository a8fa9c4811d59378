"""The macro model's work as a scikit-learn loop: python macro_model.py > JSON of {group: nanoseconds}."""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

SESSIONS, FOLDS = 800, 5
ALPHAS = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000]


def nanoseconds(work, least):
    work()
    times = []
    stop = time.perf_counter() + 1.0
    while time.perf_counter() < stop or len(times) < least:
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return min(times)


def made(count, k):
    rng = np.random.default_rng(1)
    panel = 0.01 * rng.standard_normal((SESSIONS, k))
    sizes = np.clip(100 * np.exp(0.6 * rng.standard_normal(count)), 30, 400).round().astype(int)
    starts = [int(rng.integers(SESSIONS - n + 1)) for n in sizes]
    return [(panel[a:a + n], 0.1 * rng.standard_normal(n)) for a, n in zip(starts, sizes)]


def single(contracts):
    for x, y in contracts:
        z = StandardScaler().fit_transform(x)
        Ridge(alpha=1.0).fit(z, y).score(z, y)


def searched(x, y):
    n = len(y)
    errors = np.zeros(len(ALPHAS))
    for j in range(1, FOLDS):
        start, stop = j * n // FOLDS, (j + 1) * n // FOLDS
        scaler = StandardScaler().fit(x[:start])
        before, after = scaler.transform(x[:start]), scaler.transform(x[start:stop])
        for a, alpha in enumerate(ALPHAS):
            model = Ridge(alpha=alpha * start).fit(before, y[:start])
            errors[a] += ((y[start:stop] - model.predict(after)) ** 2).sum()
    z = StandardScaler().fit_transform(x)
    return Ridge(alpha=ALPHAS[int(errors.argmin())] * n).fit(z, y).score(z, y)


def null(contracts, shifts):
    for x, y in contracts:
        for shift in range(shifts + 1):
            searched(x, np.roll(y, -shift))


def main():
    out = {}
    for count, k in ((300, 9), (2205, 9), (2205, 41)):
        contracts = made(count, k)
        out[f"macro model {count} × {k}, one penalty"] = nanoseconds(lambda: single(contracts), 3)
    for count, k, shifts in ((4, 9, 10), (4, 41, 10), (8, 41, 10)):
        contracts = made(count, k)
        key = f"macro model {count} × {k}, {len(ALPHAS)} penalties, {shifts} shifts"
        out[key] = nanoseconds(lambda: null(contracts, shifts), 1)
    out["versions"] = f"python {sys.version.split()[0]}, scikit-learn {sklearn.__version__}"
    print(json.dumps(out))


main()
