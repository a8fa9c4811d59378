"""Weights by scipy's SLSQP from the definitions, and hierarchical risk parity in scipy and pandas.

Run: python weights.py > weights.json (numpy 2.4.6, scipy 1.17.1, pandas 3.0.6)

Minimum variance and maximum diversification: SLSQP from three starts, which agree to 1e-6,
tells the limits that bind; the linear equations of the least under these give the digits. Equal risk: the definition, shares of variance all equal, by
scipy's root from the minimum of Spinu's function by L-BFGS-B. Hierarchical
risk parity: the functions of the paper's appendix (getIVP, getClusterVar, getQuasiDiag, getRecBipart)
on single linkage of the correlation distances.
"""
import json

import numpy as np
import pandas as pd
import scipy
from scipy.cluster.hierarchy import linkage
from scipy.optimize import minimize, root
from scipy.spatial.distance import squareform

rng = np.random.default_rng(5)


def covariance(n, n_factors, noise):
    load = rng.standard_normal((n, n_factors))
    raw = load @ load.T + noise * np.diag(rng.uniform(0.5, 1.5, n))
    d = np.sqrt(np.diag(raw))
    sd = np.exp(rng.uniform(np.log(0.005), np.log(0.3), n))
    return raw / np.outer(d, d) * np.outer(sd, sd)


def best(objective, gradient, upper, groups, budget):
    n = upper.size
    rules = [{"type": "eq", "fun": lambda w: w.sum() - budget, "jac": lambda w: np.ones(n)}]
    for members, cap in groups:
        ones = np.isin(np.arange(n), members).astype(float)
        rules.append({"type": "ineq", "fun": lambda w, o=ones, c=cap: c - o @ w, "jac": lambda w, o=ones: -o})
    found = []
    for start in (np.full(n, budget / n), upper * budget / upper.sum(), rng.dirichlet(np.ones(n)) * budget):
        got = minimize(objective, start, jac=gradient, bounds=[(0, u) for u in upper], constraints=rules,
                       method="SLSQP", options={"ftol": 1e-18, "maxiter": 5000})
        found.append(got)
    found.sort(key=lambda got: got.fun)
    assert all(np.abs(got.x - found[0].x).max() < 1e-6 for got in found)
    return found[0].x


def active(w, upper, groups):
    """Rows a and numbers b of the limits a'w = b that hold with equality."""
    n = w.size
    rows = [(np.eye(n)[i], 0.0) for i in range(n) if w[i] < 1e-5]
    rows += [(np.eye(n)[i], upper[i]) for i in range(n) if w[i] > upper[i] - 1e-5]
    for members, cap in groups:
        ones = np.isin(np.arange(n), members).astype(float)
        if ones @ w > cap - 1e-5:
            rows.append((ones, cap))
    return rows


def stationary(c, rows):
    """Least x'cx where a'x = b for every row, by its linear equations."""
    a = np.array([row for row, _ in rows])
    scale = c.diagonal().mean()
    square = np.block([[c / scale, a.T], [a, np.zeros((len(rows), len(rows)))]])
    right = np.concatenate([np.zeros(len(c)), [b for _, b in rows]])
    return np.linalg.lstsq(square, right, rcond=1e-14)[0][:len(c)]


def minimum_variance(c, upper, groups, budget):
    # logarithm: the same minimum, of size one for any covariance
    near = best(lambda w: np.log(w @ c @ w), lambda w: 2 * c @ w / (w @ c @ w), upper, groups, budget)
    w = stationary(c, active(near, upper, groups) + [(np.ones(near.size), budget)])
    assert np.abs(w - near).max() < 1e-6, np.abs(w - near).max()
    return w


def maximum_diversification(c, upper, groups, budget):
    sd = np.sqrt(np.diag(c))
    near = best(lambda w: 0.5 * np.log(w @ c @ w) - np.log(sd @ w),
                lambda w: c @ w / (w @ c @ w) - sd / (sd @ w), upper, groups, budget)
    rows = [(a - b / budget, 0.0) for a, b in active(near, upper, groups)]
    y = stationary(c, rows + [(sd / sd.mean(), 1.0)])
    w = y / y.sum() * budget
    assert np.abs(w - near).max() < 1e-6, np.abs(w - near).max()
    return w


def equal_risk(c):
    n = len(c)
    sd = np.sqrt(np.diag(c))

    rho = c / np.outer(sd, sd)
    near = minimize(lambda x: x @ rho @ x / 2 - np.log(x).sum() / n, np.full(n, n**-0.5), method="L-BFGS-B",
                    jac=lambda x: rho @ x - 1 / (n * x), bounds=[(1e-3, None)] * n)

    def miss(z):
        x = np.exp(z)
        return n * x * (rho @ x) - 1

    got = root(miss, np.log(near.x), method="hybr", tol=1e-15)
    x = np.exp(got.x) / sd
    w = x / x.sum()
    shares = w * (c @ w) / (w @ c @ w)
    assert np.abs(shares - 1 / n).max() < 1e-12, shares
    return w


def get_ivp(c):
    ivp = 1 / np.diag(c)
    return ivp / ivp.sum()


def get_cluster_var(c, items):
    part = c.loc[items, items].to_numpy()
    w = get_ivp(part)
    return w @ part @ w


def get_quasi_diag(link):
    link = link.astype(int)
    sort_ix = pd.Series([link[-1, 0], link[-1, 1]])
    n_items = link[-1, 3]
    while sort_ix.max() >= n_items:
        sort_ix.index = range(0, sort_ix.shape[0] * 2, 2)
        df0 = sort_ix[sort_ix >= n_items]
        i, j = df0.index, df0.values - n_items
        sort_ix[i] = link[j, 0]
        sort_ix = pd.concat([sort_ix, pd.Series(link[j, 1], index=i + 1)]).sort_index()
        sort_ix.index = range(sort_ix.shape[0])
    return sort_ix.tolist()


def hierarchical(c):
    sd = np.sqrt(np.diag(c))
    rho = c / np.outer(sd, sd)
    dist = np.sqrt(np.maximum(0, 1 - rho) / 2)
    np.fill_diagonal(dist, 0)
    order = get_quasi_diag(linkage(squareform(dist, checks=False), "single"))
    frame = pd.DataFrame(c)
    w = pd.Series(1.0, index=order)
    items = [order]
    while items:
        items = [i[j:k] for i in items for j, k in ((0, len(i) // 2), (len(i) // 2, len(i))) if len(i) > 1]
        for k in range(0, len(items), 2):
            v0, v1 = get_cluster_var(frame, items[k]), get_cluster_var(frame, items[k + 1])
            alpha = 1 - v0 / (v0 + v1)
            w[items[k]] *= alpha
            w[items[k + 1]] *= 1 - alpha
    return order, w.sort_index().to_numpy()


cases = []
for n, n_factors, noise in ((2, 1, 1.0), (5, 1, 0.5), (8, 2, 0.3), (12, 3, 1.0), (30, 4, 0.8)):
    c = covariance(n, n_factors, noise)
    upper = np.full(n, 0.2) if n > 5 else np.full(n, 0.7)
    upper[0] = 0.05
    members = list(range(n // 2))
    # the second half of 12 has no more room than 0.55, so the budget is below 1
    groups = [] if n < 8 else [(members, 0.35)] + ([(list(range(n // 2, n)), 0.55)] if n == 12 else [])
    budget = 0.9 if n == 12 else 0.75 if n == 2 else 1.0
    free = np.ones(n)
    order, hrp = hierarchical(c)
    cases.append({
        "n": n,
        "covariance": c.ravel().tolist(),
        "upper": upper.tolist(),
        "groups": [{"members": m, "cap": cap} for m, cap in groups],
        "budget": budget,
        "minimumVariance": minimum_variance(c, free, [], 1.0).tolist(),
        "minimumVarianceCapped": minimum_variance(c, upper, groups, budget).tolist(),
        "maximumDiversification": maximum_diversification(c, free, [], 1.0).tolist(),
        "maximumDiversificationCapped": maximum_diversification(c, upper, groups, budget).tolist(),
        "equalRisk": equal_risk(c).tolist(),
        "order": [int(i) for i in order],
        "hierarchicalRiskParity": hrp.tolist(),
    })

print(json.dumps({"versions": f"numpy {np.__version__}, scipy {scipy.__version__}, pandas {pd.__version__}", "cases": cases}))
