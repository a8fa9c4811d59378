"""Measures of a NAV by pandas, numpy and scipy, by the definitions of empyrical, quantstats and ffn.

The three packages are not in reach of this machine's package index, so their published definitions
stand here in numpy: stats.py of stefan-jansen/empyrical-reloaded at 2df4789, stats.py of
ranaroussi/quantstats and core.py of pmorissette/ffn with their reference values at b7a7872 and 1d33e4d.
"bacon" holds values that R 4.3.3 with PerformanceAnalytics 2.1.0 gives for the 24 months of
Bacon 2008, "Practical Portfolio Performance Measurement and Attribution", as quantstats and ffn
publish them in tests/data/reference_values.json; its Sortino ratio, for which R has no such call, is numpy's.

Run: python performance.py > performance.json (pandas 3.0.6, numpy 2.4.6, scipy 1.17.1)
"""
import json

import numpy as np
import pandas as pd
from scipy import stats

BACON = [0.003, 0.026, 0.011, -0.01, 0.015, 0.025, 0.016, 0.067, -0.014, 0.04, -0.005, 0.081,
         0.04, -0.037, -0.061, 0.017, -0.049, -0.022, 0.07, 0.058, -0.065, 0.024, -0.005, -0.009]
R = {
    "volatility": 0.13700015867969229,  # StdDev.annualized(R, 12)
    "annualizedReturn": 0.10367828972980941,  # Return.annualized(R, 12, geometric=TRUE)
    "sharpe": 0.7883202548144859,  # SharpeRatio.annualized(R, 0, 12, geometric=FALSE)
    "sortino": 1.3592165786838633,  # mean / sqrt(sum(min(r, 0)^2) / n) * sqrt(12)
    "maxDrawdown": -0.144672955739218,  # maxDrawdown(R, geometric=TRUE)
    "calmar": 0.7166390511623746,  # CalmarRatio(R, 12)
    "omega": 1.7797833935018055,  # Omega(R, L=0, method="simple")
}

rng = np.random.default_rng(5)
n, first = 731, pd.Timestamp("2023-11-20")
move = rng.standard_t(4, n) * 0.012 + 0.0022
move[rng.random(n) < 0.15] = 0.0  # days on which no price moved
move[200], move[500] = -0.31, 0.22  # resolution jumps
nav = pd.Series((100 * np.cumprod(1 + move)).round(4), index=pd.date_range(first, periods=n))
closes = pd.Series(5.3 - (np.arange(0, 760) * 0.002).round(3), index=pd.date_range(first - pd.Timedelta(20, "D"), periods=760))
closes = closes[closes.index.weekday < 5]
rates = (closes.reindex(pd.date_range(closes.index[0], nav.index[-1])).ffill().shift(1) / 100 / 365.25).reindex(nav.index)
returns = nav.pct_change().iloc[1:]
excess = returns - rates.iloc[1:]
r, e = returns.to_numpy(), excess.to_numpy()
years_elapsed = (nav.index[-1] - nav.index[0]).days / 365.25
drawdown = nav / nav.cummax() - 1


def annual(periods):
    """Sharpe, volatility and Sortino with so many periods a year; downside deviation over all days."""
    return {
        "volatility": r.std(ddof=1) * np.sqrt(periods),
        "sharpe": e.mean() / e.std(ddof=1) * np.sqrt(periods),
        "sortino": e.mean() / np.sqrt(np.mean(np.minimum(e, 0) ** 2)) * np.sqrt(periods),
    }


annualized = (nav.iloc[-1] / nav.iloc[0]) ** (1 / years_elapsed) - 1
ours = {
    **annual(365.25),
    "cumulativeReturn": nav.iloc[-1] / nav.iloc[0] - 1,
    "annualizedReturn": annualized,  # ffn calc_cagr: elapsed days over 365.25
    "calmar": annualized / -drawdown.min(),
    "maxDrawdown": drawdown.min(),
    "omega": e[e > 0].sum() / -e[e < 0].sum(),  # empyrical omega_ratio(required_return=0)
    "tailRatio": abs(np.percentile(r, 95)) / abs(np.percentile(r, 5)),  # empyrical tail_ratio
    "valueAtRisk": np.percentile(r, 5),  # empyrical value_at_risk
    "conditionalValueAtRisk": np.partition(r, int((r.size - 1) * 0.05))[: int((r.size - 1) * 0.05) + 1].mean(),
    "skewness": stats.skew(r),
    "excessKurtosis": stats.kurtosis(r),
    "bestDay": r.max(),
    "worstDay": r.min(),
    "stillShare": np.mean(r == 0),
}
others = {
    "empyrical": {**annual(252), "annualizedReturn": (nav.iloc[-1] / nav.iloc[0]) ** (252 / r.size) - 1},
    "quantstats": {
        **annual(252),
        "annualizedReturn": (nav.iloc[-1] / nav.iloc[0]) ** (252 / r.size) - 1,
        "valueAtRisk": stats.norm.ppf(0.05, r.mean(), r.std(ddof=1)),
        "skewness": returns.skew(),
        "excessKurtosis": returns.kurt(),
    },
    "lossesOnly": {"sortino": e.mean() / e[e < 0].std(ddof=1) * np.sqrt(365.25)},
}


def periods(rule):
    """Returns of calendar periods: the last NAV of each over the last of the one before."""
    last = nav.resample(rule).last()
    before = last.shift(1)
    before.iloc[0] = nav.iloc[0]
    return {"start": [str(day.to_period(rule[0]).start_time.date()) for day in last.index], "value": (last / before - 1).tolist()}


top = []  # drawdown episodes: groups between two new peaks
under = drawdown < 0
for _, part in drawdown[under].groupby((~under).cumsum()[under]):
    peak = part.index[0] - pd.Timedelta(1, "D")
    after = nav[part.index[-1]:].index[1:2]
    top.append([str(peak.date()), str(part.idxmin().date()), str(after[0].date()) if len(after) else "", part.min()])
top.sort(key=lambda row: row[3])

print(json.dumps({
    "firstDate": str(first.date()),
    "nav": nav.tolist(),
    "yields": {"dates": [str(d.date()) for d in closes.index], "closes": closes.tolist()},
    "rates": rates.tolist(),
    "bacon": {"returns": BACON, "r": R},
    "ours": {k: float(v) for k, v in ours.items()},
    "others": {k: {m: float(x) for m, x in v.items()} for k, v in others.items()},
    "drawdowns": top[:5],
    "months": periods("ME"),
    "years": periods("YE"),
    "rollingVolatility": (returns.rolling(90).std() * np.sqrt(365.25)).dropna().tolist(),
    "rollingSharpe": (excess.rolling(90).mean() / excess.rolling(90).std() * np.sqrt(365.25)).dropna().tolist(),
}))
