"""Recomputes explained shares, their null and the US loadings from the source's files alone, without Basketry's code.

Run: python recompute.py OUT UNIVERSE [--config FOLDER]
     (pandas 3.0.6, numpy 2.4.6, scikit-learn 1.9.1, statsmodels 0.15.0, PyYAML 6.0.3)
  OUT       the folder that `deno task start --out OUT` made
  UNIVERSE  the folder of Parquet files that it read (for the simulated universe OUT/raw/...)

Rows that the data door refused (01_rejected) are left out. Contracts are aligned with factors by pandas.

- First engine's fit (06_fits, model `seed`): scikit-learn's Ridge(alpha = 1) on standardised factors from close to
  close and moves in points. Its null is that of each contract's moves turned in time, and permuted dates must give it
  too. Random signs, one for each session and common to all contracts, keep the days on which everything moves, so they
  have a null of their own (`sign_r2`).
- US loadings (06_loadings, model `us`): statsmodels' OLS on the moves of log-odds. A factor's move is that of two
  neighbouring closes, by how much of the contract's interval each covers: with w = minute of the close / 1440, D the
  weekdays in the interval and D' those of the next, (1 - (1 - w) / D) f(s) + (1 - w) / D' f(s + 1).

Prints one line a figure; exit code 1 where a null differs by more than 0.02, an R² by more than 1e-9, a loading by
more than 1e-8, or the contracts are not the same.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
import yaml
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

DRAWS = 20

parser = argparse.ArgumentParser()
parser.add_argument("out", type=Path)
parser.add_argument("universe", type=Path)
parser.add_argument("--config", type=Path, default=Path(__file__).parents[3] / "config")
args = parser.parse_args()
checkpoints = args.out / "checkpoints"
settings = yaml.safe_load((args.config / "settings.yaml").read_text())
factor_list = yaml.safe_load((args.config / "factors.yaml").read_text())
chosen = {name: one["value"] for name, one in settings["factors"].items()}
tick = settings["returns"]["tick"]["value"]
failed = False


def check(name, here, there, tolerance):
    global failed
    ok = abs(here - there) <= tolerance
    failed |= not ok
    print(f"{'same' if ok else 'DIFFERENT':<10}{name}: {here:.6g} here, {there:.6g} in the run")


def accepted(name):
    table = pd.read_parquet(args.universe / name).reset_index(drop=True)
    rejected = pd.read_parquet(checkpoints / "01_rejected.parquet")
    table = table.drop(index=rejected.loc[rejected["file"] == name, "row"].unique())
    if "date" in table:
        table["date"] = pd.to_datetime(table["date"])
    return table


prices = accepted("prices.parquet").dropna(subset=["close"])
closes_of_all = accepted("benchmarks.parquet").pivot(index="date", columns="symbol", values="close")
within = (closes_of_all.index >= prices.date.min()) & (closes_of_all.index <= prices.date.max())
close_of_contract = prices.pivot(index="date", columns="market_id", values="close")
kind = {one["symbol"]: one["kind"] for one in factor_list["series"]}
calendar = {one["symbol"]: one["calendar"] for one in factor_list["series"]}


def label_moves(symbols):
    """Moves from close to close on the days that all symbols have, and the day each begins on."""
    closes = closes_of_all.loc[within, symbols].dropna()
    moves = pd.DataFrame({s: closes[s].pct_change() if kind[s] == "price" else closes[s].diff() for s in symbols})
    begins = pd.Series(closes.index, index=closes.index).shift()
    kept = (moves.index - begins).dt.days <= chosen["max_interval_days"]
    return moves[kept], begins[kept]


def share_before_close(symbol, days):
    """Share of each UTC day that lies before the symbol's close."""
    one = factor_list["calendars"][calendar[symbol]]
    hours, minutes = map(int, one["close"].split(":"))
    noon = (days + pd.Timedelta(hours=12)).tz_localize("UTC").tz_convert(one["zone"])
    ahead = np.array([time.utcoffset().total_seconds() / 60 for time in noon])
    return (hours * 60 + minutes - ahead) / 1440


def overlap_moves(symbols):
    """Parts of each move and of the next that lie within the contract's interval."""
    moves, begins = label_moves(symbols)
    count = np.busday_count(
        (begins + pd.Timedelta(days=1)).to_numpy().astype("datetime64[D]"),
        (moves.index + pd.Timedelta(days=1)).to_numpy().astype("datetime64[D]"),
    )
    weekdays = pd.Series(np.maximum(count, 1), index=moves.index)
    mixed = pd.DataFrame(index=moves.index, columns=symbols, dtype=float)
    for symbol in symbols:
        after = 1 - share_before_close(symbol, moves.index)
        mixed[symbol] = (1 - after / weekdays) * moves[symbol] + (after / weekdays.shift(-1)) * moves[symbol].shift(-1)
    follows = begins.shift(-1) == moves.index
    return mixed[follows], begins[follows]


def moves_of_contracts(begins, value):
    """Changes of every contract over the intervals at both of whose ends it has a close."""
    values = value(close_of_contract)
    now = values.reindex(begins.index)
    before = values.reindex(begins.to_numpy())
    moves = pd.DataFrame(now.to_numpy() - before.to_numpy(), index=begins.index, columns=values.columns)
    enough = (moves.count() >= chosen["min_sessions"]) & (moves.abs().max() > 0)
    return moves.loc[:, enough]


def explained(x, columns):
    """R² of one ridge for each column."""
    fit = Ridge(alpha=chosen["seed_alpha"]).fit(x, columns)
    residuals = columns - fit.predict(x).reshape(columns.shape)
    return 1 - (residuals**2).sum(axis=0) / ((columns - columns.mean(axis=0)) ** 2).sum(axis=0)


def check_explained():
    factors = pd.read_parquet(checkpoints / "06_factors.parquet")
    fits = pd.read_parquet(checkpoints / "06_fits.parquet")
    seed = fits[fits.model == "seed"].set_index("market_id")
    if len(seed) == 0:
        sys.exit("Cannot recompute R² as the run must have fitted contracts: got none")
    panel, begins = label_moves(list(factors.symbol))
    contracts = moves_of_contracts(begins, lambda close: close)
    rng = np.random.default_rng(7)
    signs = rng.choice([-1.0, 1.0], size=(len(panel), DRAWS))
    rows = {}
    for market, moves in contracts.items():
        seen = moves.notna().to_numpy()
        y = moves.to_numpy()[seen]
        x = StandardScaler().fit_transform(panel.to_numpy()[seen])
        turned = np.column_stack([np.roll(y, k) for k in rng.integers(1, len(y), DRAWS)])
        permuted = np.column_stack([rng.permutation(y) for _ in range(DRAWS)])
        parts = {"r2": y[:, None], "turned": turned, "permuted": permuted, "signed": y[:, None] * signs[seen]}
        rows[market] = {"n": len(y), **{name: explained(x, part).mean() for name, part in parts.items()}}
    mine = pd.DataFrame.from_dict(rows, orient="index")
    both = mine.join(seed, rsuffix="_run", how="outer")
    null = seed.null_r2.mean()
    print(f"first engine's fit: {len(panel)} sessions, {len(factors)} factors")
    check("contracts", len(both), len(seed), 0)
    check("largest difference of a number of sessions", (both.n - both.n_run).abs().max(skipna=False), 0, 0)
    check("largest difference of an R²", (both.r2 - both.r2_run).abs().max(skipna=False), 0, 1e-9)
    check("mean R²", mine.r2.mean(), seed.r2.mean(), 1e-9)
    check("mean R² of moves turned in time", mine.turned.mean(), null, 0.02)
    check("mean R² of permuted dates", mine.permuted.mean(), null, 0.02)
    check("mean R² of random signs common to all contracts", mine.signed.mean(), seed.sign_r2.mean(), 0.02)
    print(f"contracts with an R² above 0.10: {(mine.r2 > 0.1).mean():.4f}")


def check_loadings():
    loadings = pd.read_parquet(checkpoints / "06_loadings.parquet")
    theirs = loadings[loadings.model == "us"].pivot(index="market_id", columns="factor", values="beta")
    symbols = [symbol for symbol in factor_list["sets"]["us"]["symbols"] if symbol in theirs]
    panel, begins = overlap_moves(symbols)
    contracts = moves_of_contracts(
        begins, lambda close: np.log(close.clip(tick, 1 - tick) / (1 - close.clip(tick, 1 - tick)))
    )
    rows = {}
    for market, moves in contracts.items():
        y = moves.dropna()
        if len(y) < chosen["min_observations_per_factor"] * len(symbols):
            continue
        x = panel.loc[y.index].to_numpy()
        if (x.std(axis=0) == 0).any() or y.nunique() < 2:
            continue
        rows[market] = sm.OLS(y.to_numpy(), sm.add_constant((x - x.mean(axis=0)) / x.std(axis=0))).fit().params[1:]
    mine = pd.DataFrame.from_dict(rows, orient="index", columns=symbols)
    known = theirs.dropna()
    both = mine.align(known[symbols], join="outer")
    print(f"US loadings: {len(panel)} sessions, {len(symbols)} factors")
    check("contracts", len(both[0]), len(known), 0)
    check("largest difference of a loading", (both[0] - both[1]).abs().max(skipna=False).max(skipna=False), 0, 1e-8)
    check("mean absolute loading", mine.abs().mean().mean(), known.abs().mean().mean(), 1e-8)


check_explained()
check_loadings()
sys.exit(1 if failed else 0)
