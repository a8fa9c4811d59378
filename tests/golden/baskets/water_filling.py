"""Weights nearest to what is wanted within limits, by a general convex solver (scipy's SLSQP on relative entropy) and by
bisection on the level, with the groups' levels found by a bisection of their own (numpy).

The script refuses to print where the two differ by more than 2e-6 (the solver's own error); the JSON has the bisection's, good to 1e-13.
Run: python water_filling.py > water_filling.json (numpy 2.4.6, scipy 1.17.1)
"""
import json

import numpy as np
import scipy
from scipy.optimize import minimize


def level(total, budget):
    """Least level at which the rising `total` reaches the budget."""
    low, high = 0.0, 1.0
    while total(high) < budget and high < 1e18:
        high *= 2
    for _ in range(300):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) < budget else (low, middle)
    return high


def by_bisection(raw, upper, groups, budget):
    most = upper.copy()
    for members, cap in groups:
        if most[members].sum() > cap:
            at = level(lambda x: np.minimum(upper[members], x * raw[members]).sum(), cap)
            most[members] = np.minimum(upper[members], at * raw[members])
    budget = min(1.0, budget, most.sum())
    if most.sum() <= budget:
        return most
    return np.minimum(most, level(lambda x: np.minimum(most, x * raw).sum(), budget) * raw)


def by_solver(raw, upper, groups, budget):
    grouped = {int(i) for members, _ in groups for i in members}
    most = sum(min(upper[m].sum(), c) for m, c in groups) + sum(u for i, u in enumerate(upper) if i not in grouped)
    budget = min(1.0, budget, most)
    q = raw / raw.sum()
    start = np.full(raw.size, 1e-3)
    found = minimize(
        lambda w: float((w * np.log(w / q)).sum()), start, jac=lambda w: np.log(w / q) + 1, method="SLSQP",
        bounds=[(1e-12, u) for u in upper], options={"ftol": 1e-15, "maxiter": 2000},
        constraints=[{"type": "eq", "fun": lambda w: w.sum() - budget}]
        + [{"type": "ineq", "fun": lambda w, m=m, c=c: c - w[m].sum()} for m, c in groups],
    )
    return found.x


rng = np.random.default_rng(46)
cases = []


def case(name, raw, upper, groups=(), budget=1.0):
    raw, upper = np.array(raw, float), np.array(upper, float)
    groups = [(np.array(m), float(c)) for m, c in groups]
    weights, checked = by_bisection(raw, upper, groups, budget), by_solver(raw, upper, groups, budget)
    assert np.abs(weights - checked).max() < 2e-6, (name, weights, checked)
    cases.append({
        "name": name, "raw": raw.tolist(), "upper": upper.tolist(), "budget": budget,
        "groups": [{"members": m.tolist(), "cap": c} for m, c in groups], "weights": weights.tolist(),
    })


case("row 46 at liquidity shares", [.5, .2, .15, .1, .05], [.05, .3, .3, .2, .15])
case("row 46 at twice the liquidity shares", [.5, .2, .15, .1, .05], [.1, .6, .6, .4, .3])
case("five of 20 %", [.4, .3, .15, .1, .05], [.2] * 5)
case("two venues", [.3, .2, .2, .2, .1], [.35] * 5, [([0, 1], .3), ([2, 3, 4], .9)])
case("cash is left", [3, 2, 1], [.2, .5, .1], [([0, 1], .45)])
for k in range(12):
    n = int(rng.integers(4, 14))
    raw = rng.lognormal(0, 1, n)
    upper = rng.uniform(.02, .4, n)
    order = rng.permutation(n)
    half = n // 2
    groups = [] if k % 3 == 0 else [(np.sort(order[:half]), float(rng.uniform(.1, .6)))]
    if k % 3 == 2:
        groups.append((np.sort(order[half:n - 1]), float(rng.uniform(.1, .6))))
    case(f"random {k}", raw, upper, groups, float(rng.choice([1.0, .7])))
print(json.dumps({"numpy": np.__version__, "scipy": scipy.__version__, "cases": cases}))
