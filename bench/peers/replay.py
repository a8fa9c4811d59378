"""The replay of one basket in pandas: python replay.py > JSON of {group: nanoseconds per run}.

A basket of as many contracts over as many months as in replay_bench.ts, drawn by another generator:
only the amount of work is compared. Closes come as a wide panel with one day in twenty missing; filled
forward, trades and settlements follow in turn and the days between them in one product, as in
tests/golden/backtest/recompute.py. Without the ledger's attribution and reasons.
"""
import json
import sys
import time

import numpy as np
import pandas as pd

MONTH, LIFE = 30, 105


def nanoseconds(work):
    work()
    times = []
    stop = time.perf_counter() + 1.0
    while time.perf_counter() < stop or len(times) < 3:
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return min(times)


def made(months, contracts):
    """Closes by day and contract, settlement days and payouts; each place is taken anew every four months."""
    rng = np.random.default_rng(1)
    lives, days = -(-months // 4), months * MONTH + 1
    close = np.full((days, lives * contracts), np.nan)
    for column in range(lives * contracts):
        born = column // contracts * 4 * MONTH
        n = min(LIFE, days - born)
        steps = np.clip(rng.uniform(0.2, 0.8) + np.cumsum(rng.uniform(-0.02, 0.02, n)), 0.02, 0.98)
        steps[1:][rng.random(n - 1) < 0.05] = np.nan
        close[born : born + n, column] = steps.round(3)
    settled = np.arange(lives * contracts) // contracts * 4 * MONTH + LIFE
    return pd.DataFrame(close), settled, rng.integers(0, 2, lives * contracts).astype(float)


def replay(frame, settled, payout, contracts):
    """Values free of cost and after it, of a basket that is made equal every month."""
    close = frame.ffill().to_numpy()
    last = len(close) - 1
    gross = np.empty(last)
    net = np.empty(last)
    column, shares, cash, kept = np.empty(0, int), np.empty(0), 100.0, 1.0

    def sided(day, columns):
        return np.where(columns % 2 == 1, 1 - close[day, columns], close[day, columns])

    day = 1
    while day <= last:
        paid = settled[column] == day
        won = payout[column[paid]]
        cash += float(np.sum(shares[paid] * np.where(column[paid] % 2 == 1, 1 - won, won)))
        column, shares = column[~paid], shares[~paid]
        if day % MONTH == 1:
            month = day // MONTH
            q = sided(day, column)
            value = cash + float(np.sum(shares * q))
            new = month // 4 * contracts + np.arange(contracts)
            new = new[settled[new] > day]
            new_q = sided(day, new)
            union = np.union1d(column, new)
            traded = np.zeros(len(union))
            traded[np.searchsorted(union, column)] -= shares * q
            traded[np.searchsorted(union, new)] += value / contracts
            rates = np.minimum(0.01 / sided(day, union), 1) + 0.001
            kept *= 1 - float(np.sum(np.abs(traded) * rates)) / value
            column, shares = new, value / contracts / new_q
            cash = value * (1 - len(new) / contracts)
        later = settled[column]
        until = min([last + 1, (day - 1) // MONTH * MONTH + MONTH + 1, *later[later > day]])
        prices = close[day:until, column]
        gross[day - 1 : until - 1] = cash + np.where(column % 2 == 1, 1 - prices, prices) @ shares
        net[day - 1 : until - 1] = gross[day - 1 : until - 1] * kept
        day = until
    return gross, net


def main():
    out = {}
    for months, contracts in ((6, 30), (26, 30), (104, 30), (26, 10), (26, 100)):
        frame, settled, payout = made(months, contracts)
        gross, net = replay(frame, settled, payout, contracts)
        assert np.all(np.isfinite(gross)) and np.all(net <= gross)
        out[f"replay of {contracts} contracts, {months} months"] = nanoseconds(
            lambda: replay(frame, settled, payout, contracts)
        )
    out["versions"] = f"python {sys.version.split()[0]}, pandas {pd.__version__}, numpy {np.__version__}"
    print(json.dumps(out))


main()
