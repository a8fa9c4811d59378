"""Portfolios (at one cost rate and at a rate an asset), their measures, Sharpe differences, spanning and correlations by other programs.

Run: python portfolios.py > portfolios.json (pandas 3.0.6, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)
"""
import json

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import brentq

rng = np.random.default_rng(5)
days = pd.date_range("2024-01-02", "2025-03-14", freq="D")
holidays = set(pd.to_datetime(["2024-01-15", "2024-02-19", "2024-03-29", "2024-07-04", "2024-12-25"]))
weekdays = pd.DatetimeIndex([d for d in days if d.weekday() < 5 and d not in holidays])


def walk(index, start, sd, mean):
    return pd.Series(start * np.cumprod(1 + rng.normal(mean, sd, len(index))), index).round(6)


closes = {
    "SPY": walk(weekdays, 470, 0.009, 0.0005),
    "TLT": walk(weekdays, 98, 0.008, -0.0001).drop(pd.Timestamp("2024-05-06")),
    "GLD": walk(weekdays, 190, 0.01, 0.0004),
    "BTC-USD": walk(days, 42000, 0.03, 0.001),
}
yields = pd.Series(5.2 + np.cumsum(rng.normal(0, 0.02, len(weekdays))), weekdays).round(4)
bought = pd.Timestamp("2024-02-05")
sleeve_days = days[(days >= bought) & (days <= "2025-03-08")]
spy_days = closes["SPY"].reindex(days).ffill().pct_change().reindex(sleeve_days)
sleeve = pd.Series(
    99.4 * np.cumprod(1 + rng.normal(-0.0003, 0.012, len(sleeve_days)) + 0.2 * spy_days.to_numpy()),
    sleeve_days,
).round(6)
still = rng.random(len(sleeve_days)) < 0.15
sleeve[still] = np.nan
sleeve = sleeve.ffill().fillna(99.4)

common = sorted(set.intersection(*[set(s.index) for s in closes.values()]))
first = max(d for d in common if d < bought)
session = pd.DatetimeIndex([d for d in common if first <= d <= sleeve_days[-1]])
calendar = pd.date_range(session[0], session[-1], freq="D")
rates = (yields.reindex(days).ffill().shift(1) / 100 / 365.25).reindex(calendar)
value = pd.DataFrame({name: s.reindex(days).ffill().reindex(calendar) for name, s in closes.items()})
value["cash"] = 100.0
bills = (1 + rates).cumprod()
value["tbills"] = bills / bills.iloc[0]
value["baskets"] = sleeve.reindex(calendar).fillna(100.0)
month = session.to_period("M")
rebalance = set(session[np.r_[True, month[1:] != month[:-1]]])

mixtures = {
    "base": {"SPY": 0.6, "TLT": 0.4},
    **{
        f"base_{key}": {"SPY": 0.54, "TLT": 0.36, name: 0.1}
        for key, name in [("gold", "GLD"), ("crypto", "BTC-USD"), ("cash", "cash"),
                          ("tbills", "tbills"), ("baskets", "baskets")]
    },
    "stocks": {"SPY": 1.0},
    "baskets": {"baskets": 1.0},
}
FREE = ("cash", "tbills")


def nav_of(weights, rate, rates={}):
    names = list(weights)
    w = np.array([weights[name] for name in names])
    rate = np.array([0.0 if name in FREE else rates.get(name, rate) for name in names])
    units = np.zeros(len(names))
    prices = value[names].to_numpy()
    navs, cost = [], 0.0
    for i, day in enumerate(calendar):
        held = units * prices[i]
        total = 100.0 if i == 0 else held.sum()
        if day in rebalance:
            def excess(after):
                return after + (rate * np.abs(w * after - held)).sum() - total
            after = brentq(excess, 0.5 * total, total, xtol=1e-14, rtol=1e-15) if rate.any() else total
            cost += total - after
            units = w * after / prices[i]
            total = after
        navs.append(total)
    return np.array(navs), cost


def series_of(nav):
    s = pd.Series(nav, calendar).reindex(session)
    s.iloc[0] = 100.0
    return s


session_rates = (1 + rates).cumprod().reindex(session).pct_change().iloc[1:]
years = (session[-1] - session[0]).days / 365.25
per_year = (len(session) - 1) / years
out, excess = {}, {}
for key, weights in mixtures.items():
    net, cost = nav_of(weights, 0.001)
    gross, _ = nav_of(weights, 0.0)
    s = series_of(net)
    r = s.pct_change().iloc[1:]
    e = r - session_rates
    excess[key] = e
    growth = s.iloc[-1] / s.iloc[0]
    depth = (s / s.cummax() - 1).min()
    dear, dear_cost = nav_of(weights, 0.001, {"baskets": 0.05, "GLD": 0.0, "cash": 0.5})
    monthly = pd.Series(np.r_[100.0, net[1:]], calendar)
    ends = monthly.resample("ME").last()
    ends = ends[ends.index <= calendar[-1]]
    annual = growth ** (1 / years) - 1
    out[key] = {
        "nav": net[::13].tolist() + [net[-1]],
        "navGross": gross[::13].tolist() + [gross[-1]],
        "cost": cost,
        "navDear": dear[::13].tolist() + [dear[-1]],
        "costDear": dear_cost,
        "annual_return": annual,
        "volatility": r.std() * per_year**0.5,
        "sharpe": e.mean() / e.std() * per_year**0.5,
        "sortino": e.mean() / np.sqrt((np.minimum(e, 0) ** 2).mean()) * per_year**0.5,
        "max_drawdown": depth,
        "trough": str((s / s.cummax() - 1).idxmin().date()),
        "calmar": annual / -depth,
        "skewness": stats.skew(r),
        "worstMonth": ends.pct_change().iloc[1:].min(),
    }


def sharpe_difference(a, b, lag):
    """Ledoit & Wolf's four moments with Bartlett's weights and the factor n/(n - 1)."""
    y = np.column_stack([a, b, a**2, b**2])
    v = y.mean(0)
    sa, sb = np.sqrt(v[2] - v[0] ** 2), np.sqrt(v[3] - v[1] ** 2)
    gradient = np.array([v[2] / sa**3, -v[3] / sb**3, -v[0] / sa**3 / 2, v[1] / sb**3 / 2])
    d = y - v
    n = len(y)
    psi = d.T @ d / n
    for j in range(1, lag + 1):
        g = d[j:].T @ d[:-j] / n
        psi += (1 - j / (lag + 1)) * (g + g.T)
    return float(np.sqrt(gradient @ (psi * n / (n - 1)) @ gradient / n))


n = len(session) - 1
lag = int(4 * (n / 100) ** (2 / 9))
a, b = excess["base_baskets"].to_numpy(), excess["base_cash"].to_numpy()
sa, sb, rho = a.mean() / a.std(ddof=1), b.mean() / b.std(ddof=1), np.corrcoef(a, b)[0, 1]
error = sharpe_difference(a, b, lag)
difference = {
    "value": (sa - sb) * per_year**0.5,
    "error": error * per_year**0.5,
    "normalError": np.sqrt((2 - 2 * rho + (sa**2 + sb**2 - 2 * sa * sb * rho**2) / 2) / n * per_year),
    "pValue": 2 * stats.t.sf(abs((sa - sb) / error), n - 1),
    "lag": lag,
}

asset_returns = value.reindex(session).pct_change().iloc[1:]
asset_excess = asset_returns.sub(session_rates, axis=0)
spanning = {}
for model, names in {"stocks_bonds": ["SPY", "TLT"],
                     "four_assets": ["SPY", "TLT", "GLD", "BTC-USD"]}.items():
    fit = sm.OLS(asset_excess["baskets"], sm.add_constant(asset_excess[names])).fit(
        cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": True}, use_t=True)
    interval = fit.conf_int().to_numpy()
    spanning[model] = {
        "coefficients": fit.params.tolist(),
        "errors": fit.bse.tolist(),
        "pValues": fit.pvalues.tolist(),
        "low": interval[:, 0].tolist(),
        "high": interval[:, 1].tolist(),
        "r2": fit.rsquared,
    }

x, y = asset_returns["SPY"].to_numpy(), asset_returns["baskets"].to_numpy()
weeks = n // 5
weekly = [np.prod(1 + z[: weeks * 5].reshape(weeks, 5), axis=1) - 1 for z in (x, y)]
shifts = [np.roll(y, -k) for k in range(1, n)]


def tail(share, other):
    k = max(int(np.floor(share * n + 0.5)), 1)
    worst = x <= np.sort(x)[k - 1]
    return float((other[worst] <= np.sort(y)[k - 1]).mean()), float(other[worst].mean())


correlations = {
    "pearson": stats.pearsonr(x, y)[0],
    "spearman": stats.spearmanr(x, y)[0],
    "pearson_5_sessions": stats.pearsonr(*weekly)[0],
    "spearman_5_sessions": stats.spearmanr(*weekly)[0],
    "pearson_sleeve_later": stats.pearsonr(x[:-1], y[1:])[0],
    "pearson_sleeve_earlier": stats.pearsonr(x[1:], y[:-1])[0],
    "tail_share_5": tail(0.05, y)[0],
    "tail_share_10": tail(0.1, y)[0],
    "tail_mean_5": tail(0.05, y)[1],
    "tail_mean_10": tail(0.1, y)[1],
}
bands = {
    "pearson": np.quantile([stats.pearsonr(x, s)[0] for s in shifts], [0.025, 0.975]).tolist(),
    "spearman": np.quantile([stats.spearmanr(x, s)[0] for s in shifts], [0.025, 0.975]).tolist(),
    "tail_share_10": np.quantile([tail(0.1, s)[0] for s in shifts], [0.025, 0.975]).tolist(),
    "tail_mean_10": np.quantile([tail(0.1, s)[1] for s in shifts], [0.025, 0.975]).tolist(),
}


def dated(s):
    return {"days": [str(d.date()) for d in s.index], "closes": s.tolist()}


print(json.dumps({
    "versions": {"pandas": pd.__version__, "numpy": np.__version__, "scipy": scipy.__version__,
                 "statsmodels": statsmodels.__version__},
    "closes": {name: dated(s) for name, s in closes.items()},
    "yields": dated(yields),
    "sleeve": {"firstDate": str(bought.date()), "nav": sleeve.tolist()},
    "firstSession": str(session[0].date()),
    "lastSession": str(session[-1].date()),
    "nSessions": len(session),
    "perYear": per_year,
    "rebalances": sorted(str(d.date()) for d in rebalance),
    "portfolios": out,
    "difference": difference,
    "spanning": spanning,
    "correlations": {k: float(v) for k, v in correlations.items()},
    "bands": bands,
}))
