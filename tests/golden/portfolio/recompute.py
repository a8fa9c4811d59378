"""Recomputes the portfolios of notebook 07 from closes, sleeves and settings, without Basketry's code.

Run: python recompute.py OUT UNIVERSE [--config FOLDER]
     (pandas 3.0.6, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0, PyYAML 6.0.3)
  OUT       the folder that `deno task start --out OUT` made
  UNIVERSE  the folder of Parquet files that it read (for the simulated universe OUT/raw/...)

- Sessions are the days on which all of stocks, bonds, gold and crypto closed, from the last before the baskets' first
  purchase to the last that all have. Between closes the last one stands; a sleeve is 100 before its purchase.
- Shares are set at the first session and at the first of each month; what is left after costs of a rate of all that is
  traded, cash and bills free, holds the shares (a root, found by Brent's method).
- A bill earns each day the yield of the last close before it / 100 / 365.25.
- Measures are of returns between sessions, the first from 100 before the purchase.

Holds values, measures, spanning regressions (statsmodels' HAC) and correlations against 07_portfolios, 07_metrics,
07_spanning and 07_correlations. Prints one line a table; exit code 1 where a value differs by more than its tolerance
(1e-9, 1e-9, 1e-8, 1e-10), a row is only here or only there, or a number stands beside a missing one.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
import yaml
from scipy.optimize import brentq
from scipy.stats import pearsonr, spearmanr

DAYS_PER_YEAR, START, MIN_RETURNS, WEEK = 365.25, 100.0, 60, 5
SLEEVES = {"baskets": "hybrid_risk"}
MODELS = {"stocks_bonds": ["stocks", "bonds"], "four_assets": ["stocks", "bonds", "gold", "crypto"]}

parser = argparse.ArgumentParser()
parser.add_argument("out", type=Path)
parser.add_argument("universe", type=Path)
parser.add_argument("--config", type=Path, default=Path(__file__).parents[3] / "config")
args = parser.parse_args()
checkpoints = args.out / "checkpoints"
settings = yaml.safe_load((args.config / "settings.yaml").read_text())
chosen = {name: one["value"] for name, one in settings["portfolio"].items()}
failed = False


def day_number(dates):
    return pd.to_datetime(dates).to_numpy().astype("datetime64[D]").astype(int)


def accepted_benchmarks():
    table = pd.read_parquet(args.universe / "benchmarks.parquet").reset_index(drop=True)
    rejected = pd.read_parquet(checkpoints / "01_rejected.parquet")
    table = table.drop(index=rejected.loc[rejected["file"] == "benchmarks.parquet", "row"].unique())
    return table.assign(day=day_number(table["date"])).pivot(index="day", columns="symbol", values="close")


def check(name, mine, theirs, tolerance):
    """Two series with the same index; missing only beside missing."""
    global failed
    theirs = theirs.rename_axis([None] * theirs.index.nlevels)
    here, there = mine.align(theirs, join="outer")
    same_rows = len(here) == len(mine) == len(theirs) and (here.isna() == there.isna()).all()
    worst = (here - there).abs().max()
    worst = 0.0 if np.isnan(worst) else worst
    ok = bool(same_rows) and worst <= tolerance
    failed |= not ok
    rows = f"{len(mine)} here, {len(theirs)} in the run, {int(theirs.isna().sum())} of them missing"
    print(f"{'same' if ok else 'DIFFERENT':<10}{name}: largest difference {worst:.2g} (limit {tolerance:.0e}); {rows}")


def common_period(benchmarks):
    """Values of every asset and the bill's rate by day, and the sessions among the days."""
    closing = {key: chosen[key] for key in ["stocks", "bonds", "gold", "crypto"] if chosen[key] in benchmarks}
    navs = pd.read_parquet(checkpoints / "05_nav.parquet")
    navs = navs[(navs.policy == "cash") & (navs.basket == "all")]
    sleeves = {}
    for key, method in SLEEVES.items():
        own = navs[navs.method == method]
        if len(own) > 0:
            sleeves[key] = pd.Series(own.nav.to_numpy(), index=day_number(own.date))
    sessions = benchmarks[list(closing.values())].dropna().index.to_numpy() if closing else np.array([], dtype=int)
    bill = settings["backtest"]["tbill_symbol"]["value"]
    yields = benchmarks[bill].dropna() if bill in benchmarks else pd.Series(dtype=float)
    bought = [one.index[0] for one in sleeves.values()]
    if bought and (sessions < max(bought)).any():
        sessions = sessions[sessions >= sessions[sessions < max(bought)][-1]]
    sessions = sessions[sessions <= min([one.index[-1] for one in sleeves.values()], default=np.inf)]
    if len(yields) > 0:
        sessions = sessions[sessions > yields.index[0]]
    if len(sessions) == 0:
        sys.exit("Cannot recompute portfolios as there must be sessions that all assets share: got none")
    days = np.arange(sessions[0], sessions[-1] + 1)
    assets = {key: benchmarks[s].dropna().reindex(days, method="ffill") for key, s in closing.items()}
    rates = pd.Series(np.nan, index=days)
    if len(yields) > 0:
        rates = yields.reindex(days - 1, method="ffill").set_axis(days) / 100 / DAYS_PER_YEAR
    assets["cash"] = pd.Series(START, index=days)
    if rates.notna().all():
        assets["tbills"] = START * (1 + rates.where(days > days[0], 0)).cumprod()
    for key, nav in sleeves.items():
        assets[key] = nav.reindex(days).fillna(START)
    return pd.DataFrame(assets), rates, sessions


def shares(assets):
    """Shares of every portfolio, by its key."""
    alone = {key: {key: 1.0} for key in assets if key != "cash"}
    if not {"stocks", "bonds"} <= set(assets):
        return alone
    base = {"stocks": chosen["stock_share"], "bonds": 1 - chosen["stock_share"]}
    left = 1 - chosen["sleeve_share"]
    mixed = {
        f"base_{key}": {**{one: left * w for one, w in base.items()}, key: chosen["sleeve_share"]}
        for key in assets if key not in base
    }
    return {"base": base, **mixed, **alone}


def walk(weights, assets, trade_days, rate):
    """Value of a portfolio at each day's end."""
    w = pd.Series(weights)
    values = assets[list(w.index)]
    costs = ~w.index.isin(["cash", "tbills"])
    held = np.zeros(len(w))
    nav = []
    growth = (values / values.shift()).fillna(1.0).to_numpy()
    for i, day in enumerate(values.index):
        held = held * growth[i]
        worth = START if i == 0 else held.sum()
        if day in trade_days:
            def excess(after):
                return after + rate * np.abs(w.to_numpy() * after - held)[costs].sum() - worth
            left = brentq(excess, 0.0, worth, xtol=1e-14, rtol=1e-15) if rate > 0 else worth
            held = w.to_numpy() * left
            worth = left
        nav.append(worth)
    return pd.Series(nav, index=values.index)


def measured(at_sessions, bill, per_year):
    returns = at_sessions.pct_change().iloc[1:]
    excess = returns - bill
    path = at_sessions / at_sessions.cummax() - 1
    return returns, {
        "annual_return": (at_sessions.iloc[-1] / at_sessions.iloc[0]) ** (per_year / len(returns)) - 1,
        "volatility": returns.std(ddof=1) * np.sqrt(per_year),
        "sharpe": excess.mean(skipna=False) / excess.std(ddof=1) * np.sqrt(per_year),
        "max_drawdown": path.min(),
    }


def still(returns):
    """No change beyond rounding."""
    return returns.std() < 1e-12


def spanning_rows(sleeve, excess, per_year):
    """Coefficient, error, p and R² of each model whose assets are there."""
    y = excess[sleeve].to_numpy()
    rows = {}
    for model, names in MODELS.items():
        if not set(names) <= set(excess):
            continue
        lag = int(np.floor(4 * (len(y) / 100) ** (2 / 9)))
        fit = sm.OLS(y, sm.add_constant(excess[names].to_numpy())).fit(
            cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": True}, use_t=True
        )
        interval = fit.conf_int(0.05)
        for i, term in enumerate(["alpha", *names]):
            scale = per_year if i == 0 else 1
            numbers = {
                "value": fit.params[i] * scale, "error": fit.bse[i] * scale, "p": fit.pvalues[i],
                "ci_low": interval[i][0] * scale, "ci_high": interval[i][1] * scale, "r2": fit.rsquared,
            }
            rows |= {(sleeve, model, term, name): x for name, x in numbers.items()}
    return rows


def weeks(returns):
    whole = len(returns) // WEEK * WEEK
    return (1 + returns.to_numpy()[:whole]).reshape(-1, WEEK).prod(axis=1) - 1


def correlations(sleeve, asset):
    x, y = asset.to_numpy(), sleeve.to_numpy()
    rows = {
        "pearson": pearsonr(x, y)[0],
        "spearman": spearmanr(x, y)[0],
        "pearson_5_sessions": pearsonr(weeks(asset), weeks(sleeve))[0],
        "spearman_5_sessions": spearmanr(weeks(asset), weeks(sleeve))[0],
        "pearson_sleeve_later": pearsonr(x[:-1], y[1:])[0],
        "pearson_sleeve_earlier": pearsonr(x[1:], y[:-1])[0],
    }
    for percent in [5, 10]:
        k = max(int(np.floor(len(x) * percent / 100 + 0.5)), 1)
        worst = x <= np.sort(x)[k - 1]
        rows[f"tail_share_{percent}"] = (y[worst] <= np.sort(y)[k - 1]).mean()
        rows[f"tail_mean_{percent}"] = y[worst].mean()
    return rows


benchmarks = accepted_benchmarks()
assets, rates, sessions = common_period(benchmarks)
month = pd.to_datetime(sessions, unit="D").to_period("M")
trade_days = set(sessions[np.r_[True, month[1:] != month[:-1]]])
per_year = (len(sessions) - 1) / (sessions[-1] - sessions[0]) * DAYS_PER_YEAR
growth = (1 + rates.where(rates.index > sessions[0], 0)).cumprod()[sessions]
bill = growth.pct_change().iloc[1:]
cost_rate = chosen["cost_bps"] / 1e4

nav_rows, metric_rows, base_returns = {}, {}, None
for key, weights in shares(assets).items():
    net = walk(weights, assets, trade_days, cost_rate)
    gross = walk(weights, assets, trade_days, 0.0)
    nav_rows |= {(key, day, "nav"): x for day, x in net.items()}
    nav_rows |= {(key, day, "nav_gross"): x for day, x in gross.items()}
    at_sessions = net[sessions].copy()
    at_sessions.iloc[0] = START
    returns, measures = measured(at_sessions, bill, per_year)
    if key == "base":
        base_returns = returns
    if still(returns - bill):
        measures["sharpe"] = np.nan
    metric_rows |= {(key, name): x for name, x in measures.items()}

returns = assets.loc[sessions].pct_change().iloc[1:]
others = {key: returns[key] for key in ["stocks", "bonds", "gold", "crypto"] if key in returns}
if base_returns is not None:
    others["base"] = base_returns
spanning, related = {}, {}
for sleeve in [key for key in SLEEVES if key in returns]:
    spanning |= spanning_rows(sleeve, returns.sub(bill, axis=0), per_year)
    for key, other in others.items():
        related |= {(sleeve, key, name): x for name, x in correlations(returns[sleeve], other).items()}

print(f"{len(sessions)} sessions, {len(shares(assets))} portfolios, {len(trade_days)} rebalances")
if len(sessions) - 1 < MIN_RETURNS:
    sys.exit(f"Cannot compare measures as the sessions must be more than {MIN_RETURNS}: got {len(sessions)}")


def run_table(name, index, values):
    table = pd.read_parquet(checkpoints / f"{name}.parquet")
    if "date" in table:
        table["date"] = day_number(table["date"])
    long = table.melt(id_vars=index, value_vars=values, var_name="of", value_name="number")
    return long.set_index([*index, "of"])["number"].astype(float)


def series(rows):
    return pd.Series(rows, dtype=float)


check("07_portfolios", series(nav_rows), run_table("07_portfolios", ["portfolio", "date"], ["nav", "nav_gross"]), 1e-9)
metrics = pd.read_parquet(checkpoints / "07_metrics.parquet").set_index(["portfolio", "metric"])["value"]
for name in ["annual_return", "volatility", "sharpe", "max_drawdown"]:
    mine = series({key: x for key, x in metric_rows.items() if key[1] == name})
    check(f"07_metrics {name}", mine, metrics[metrics.index.get_level_values(1) == name], 1e-9)
spanned = run_table("07_spanning", ["sleeve", "model", "term"], ["value", "error", "p", "ci_low", "ci_high", "r2"])
check("07_spanning", series(spanning), spanned, 1e-8)
correlated = pd.read_parquet(checkpoints / "07_correlations.parquet")
check("07_correlations", series(related), correlated.set_index(["series_a", "series_b", "measure"])["value"], 1e-10)
sys.exit(1 if failed else 0)
