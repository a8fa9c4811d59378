"""Recomputes the first engine's R² and its null from the source's files alone, without Basketry's code.

Run: python recompute.py OUT UNIVERSE
  OUT       the folder that `deno task start --out OUT` made
  UNIVERSE  the folder of Parquet files that it read (for the simulated universe OUT/raw/...)

Aligns contracts with factors by pandas, fits scikit-learn's Ridge(alpha = 1) on standardised factors, permutes the
moves of each contract, and holds both means against the checkpoint 06_fits. Prints one line a figure; exit code 1
where one differs by more than 0.02 (the R² itself: by more than 1e-9).
"""

import sys

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

OUT, UNIVERSE = sys.argv[1:3]
MAX_INTERVAL_DAYS, MIN_SESSIONS, SHIFTS = 7, 30, 20

factors = pd.read_parquet(f"{OUT}/checkpoints/06_factors.parquet")
fits = pd.read_parquet(f"{OUT}/checkpoints/06_fits.parquet")
seed = fits[fits.model == "seed"].set_index("market_id")
benchmarks = pd.read_parquet(f"{UNIVERSE}/benchmarks.parquet")
benchmarks = benchmarks[benchmarks.symbol.isin(factors.symbol)]
benchmarks["date"] = pd.to_datetime(benchmarks.date)
prices = pd.read_parquet(f"{UNIVERSE}/prices.parquet").dropna(subset=["close"])
prices["date"] = pd.to_datetime(prices.date)
prices = prices[prices.market_id.isin(seed.index)]

closes = benchmarks.pivot_table(index="date", columns="symbol", values="close").dropna()
closes = closes[list(factors.symbol)]
closes = closes[(closes.index >= prices.date.min()) & (closes.index <= prices.date.max())]
kind = factors.set_index("symbol").kind
moves = pd.DataFrame(
    {s: closes[s].pct_change() if kind[s] == "price" else closes[s].diff() for s in closes}
)
span = pd.Series(closes.index, index=closes.index).diff().dt.days
moves = moves[span <= MAX_INTERVAL_DAYS]

wide = prices.pivot(index="date", columns="market_id", values="close").reindex(closes.index)
contract_moves = wide.diff().reindex(moves.index)

rng = np.random.default_rng(7)
rows = []
for market, y in contract_moves.items():
    y = y.dropna()
    if len(y) < MIN_SESSIONS or y.nunique() < 2:
        continue
    x = StandardScaler().fit_transform(moves.loc[y.index].to_numpy())
    y = y.to_numpy()
    r2 = Ridge(alpha=1.0).fit(x, y).score(x, y)
    null = []
    for _ in range(SHIFTS):
        turned = np.roll(y, rng.integers(1, len(y)))
        null.append(Ridge(alpha=1.0).fit(x, turned).score(x, turned))
    shuffled = rng.permutation(y)
    permuted = Ridge(alpha=1.0).fit(x, shuffled).score(x, shuffled)
    rows.append((market, len(y), r2, np.mean(null), permuted))
mine = pd.DataFrame(rows, columns=["market_id", "n", "r2", "null", "permuted"]).set_index("market_id")

both = mine.join(seed, rsuffix="_run", how="outer")
failed = False


def check(name, here, there, tolerance):
    global failed
    ok = abs(here - there) <= tolerance
    failed |= not ok
    print(f"{'same' if ok else 'DIFFERENT':<10}{name}: {here:.6f} here, {there:.6f} in the run")


check("contracts", len(mine), len(seed), 0)
check("largest difference of a number of sessions", (both.n - both.n_run).abs().max(), 0, 0)
check("largest difference of an R²", (both.r2 - both.r2_run).abs().max(), 0, 1e-9)
check("mean R²", mine.r2.mean(), seed.r2.mean(), 1e-9)
check("mean R² of turned moves", mine["null"].mean(), seed.null_r2.mean(), 0.02)
check("mean R² of permuted moves", mine.permuted.mean(), seed.null_r2.mean(), 0.02)
print(f"contracts with an R² above 0.10: {(mine.r2 > 0.1).mean():.4f}")
sys.exit(1 if failed else 0)
