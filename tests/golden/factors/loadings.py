"""Loadings, factor block and principal components regression by scikit-learn, statsmodels and numpy.

Run: python loadings.py > loadings.json (numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0)
"""
import json

import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import variance_inflation_factor

rng = np.random.default_rng(31)
S, K, BLOCK, ALPHA, COVERAGE = 70, 4, 5, 25.0, 0.9
common = rng.standard_normal((S, 1))
moves = (rng.standard_normal((S, K)) + common * [1, -1, 0.5, 0]) * [0.01, 0.02, 0.1, 3]
contracts = []
for missing in (0.1, 0.3):
    session = np.flatnonzero(rng.random(S) >= missing)
    z = StandardScaler().fit_transform(moves[session])
    y = 0.1 + z @ [0.6, 0, 0, -0.3] + rng.standard_t(3, session.size) * 0.6
    contracts.append((session, z, y))


def ols(z, y, lag):
    design = sm.add_constant(z)
    fit = sm.OLS(y, design).fit()
    influence = np.linalg.pinv(design)
    n = y.size
    maker = np.eye(n) - design @ influence
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    error, df = [], []
    for a in influence[1:]:
        d = np.clip(1 - apart / (lag + 1), 0, None) * np.outer(a, a)
        b = maker @ d @ maker
        error.append(np.sqrt(fit.resid @ d @ fit.resid * (a @ a) / np.trace(b)))
        df.append(np.trace(b) ** 2 / np.trace(b @ b))
    return fit.params[1:], np.array(error), np.array(df)


def ridge(session, z, y, corrected):
    n = y.size
    fit = Ridge(alpha=ALPHA).fit(z, y)
    inverse = np.linalg.inv(z.T @ z + ALPHA * np.eye(K))
    twice = inverse + ALPHA * inverse @ inverse
    used = twice if corrected else inverse
    centre = np.eye(n) - 1 / n
    maker = centre - z @ inverse @ z.T
    left = np.diag(maker @ maker)
    wide = (y - fit.predict(z)) / np.sqrt(left)
    influence = used @ z.T
    block = session // BLOCK
    names = np.unique(block)
    part = np.array([(influence[:, block == b] * wide[block == b]).sum(1) for b in names])
    weight = np.array([(influence[:, block == b] ** 2).sum(1) for b in names])
    beta = fit.coef_ + (ALPHA * inverse @ fit.coef_ if corrected else 0)
    own = influence * (influence @ maker) / (influence**2).sum(1, keepdims=True)
    share = np.array([own[:, block == b].sum(1) for b in names])
    blocks = weight.sum(0) ** 2 / (weight**2).sum(0)
    df = np.maximum(1 / (1 / blocks + 1 / left.sum() - 1 / n) - share.sum(0) ** 2, 1)
    held = (share**2).sum(0)
    return beta, np.sqrt((part**2).sum(0)), df, held, np.diag(used @ z.T @ z)


def judged(beta, error, df, held=0):
    t = stats.t.isf((1 - COVERAGE) / 2, df)
    half = t * error / np.sqrt(1 - held + held * t**2)
    return {
        "beta": beta.tolist(), "error": error.tolist(), "df": df.tolist(),
        "ciLow": (beta - half).tolist(), "ciHigh": (beta + half).tolist(),
        "pValue": (2 * stats.t.sf(np.abs(beta / error), df)).tolist(),
    }


def components(session, y, m):
    scaler = StandardScaler().fit(moves)
    pca = PCA(n_components=m).fit(scaler.transform(moves))
    scores = pca.transform(scaler.transform(moves[session]))
    fit = LinearRegression().fit(scores, y)
    own = moves[session].std(0) / scaler.scale_
    r2 = fit.score(scores, y)
    return {
        "m": m, "r2": r2, "r2Adjusted": 1 - (1 - r2) * (y.size - 1) / (y.size - m - 1),
        "beta": (pca.components_.T @ fit.coef_ * own).tolist(),
    }


correlation = np.corrcoef(moves.T)
values = np.sort(np.linalg.eigvalsh(correlation))[::-1]
share = values / values.sum()
scaled = StandardScaler().fit_transform(moves)
results = {"ols": [], "ridge": [], "corrected": [], "components": []}
for session, z, y in contracts:
    results["ols"].append(judged(*ols(z, y, 2)))
    for name, corrected in [("ridge", False), ("corrected", True)]:
        *estimates, kept = ridge(session, z, y, corrected)
        results[name].append({**judged(*estimates), "kept": kept.tolist()})
    results["components"].append(components(session, y, round(values.sum() ** 2 / (values**2).sum())))
p = np.concatenate([one["pValue"] for one in results["ols"]])
print(json.dumps({
    "moves": moves.ravel().tolist(),
    "contracts": [{"session": s.tolist(), "move": y.tolist()} for s, _, y in contracts],
    "block": BLOCK, "alpha": ALPHA, "coverage": COVERAGE, "lag": 2,
    **results,
    "qValue": multipletests(p, method="fdr_bh")[1].tolist(),
    "factorBlock": {
        "correlation": correlation.ravel().tolist(),
        "eigenvalues": values.tolist(),
        "participationRank": float(values.sum() ** 2 / (values**2).sum()),
        "entropyRank": float(np.exp(-(share * np.log(share)).sum())),
        "condition": float(np.linalg.cond(correlation)),
        "vif": [float(variance_inflation_factor(scaled, f)) for f in range(K)],
    },
}))
