"""Recomputes the net asset value of every basket from what was held, prices, payouts and fees.

Written from the accounting in docs/methods.md, with pandas and numpy and no code of Basketry:

- Day t ends at 24:00 UTC. A side's price is the last close on or before t, or 1 minus it for `no`.
- On a trade date (a date of 05_baskets) the payouts of the day are cash already; V is then split by
  the weights: n = w V / q, cash = V (1 - sum of w). A row whose reason begins with `carried` could
  not be traded and keeps its shares. Rows whose reason begins with `sold` say that all was sold and nothing is held.
- A contract resolved on day r pays n times (payout, or 1 - payout) into cash at the end of r. With
  the policy `redistribute`, payouts of a day that is no trade date buy what is left with a price
  above 0, pro rata to its value at the day's prices; if nothing is left they stay in cash.
- nav_gross pays nothing. nav pays, for each contract, |w V - n q| times (half-spread / q + fee), at
  most V, out of V (half-spread / q is at most 1: no bid is below 0): the new shares are w V' / q, and carried shares and cash shrink by V' / V too. A
  traded value below 1e-9 points of 100 is rounding and no trade. A payout that buys costs the same.
- One order is (points / 100) times the capital in dollars, and 1 / q contracts a dollar. Its fee is
  contracts x rate x (q (1 - q))^exponent, rounded as the schedule of the day says, with a slack of
  1e-6 units against rounding errors of doubles. A half goes up.
- Half the spread is (ask - bid) / 2 beside the close, else the setting.

Run: python recompute.py OUTPUT_FOLDER UNIVERSE_FOLDER [--config FOLDER] [--tolerance 1e-9]
     (pandas 3.0.6, numpy 2.4.6, pyarrow 25.0.1, PyYAML 6.0.3)
Reads OUTPUT_FOLDER/checkpoints/{05_baskets,05_nav,05_markets}.parquet and, where it is there,
01_rejected.parquet, whose rows the data door refused; UNIVERSE_FOLDER/{markets,prices,resolutions}
.parquet; config/{fees,settings}.yaml. Exits 1 if any value differs by more than the tolerance.
"""
import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

KEYS = ["method", "policy", "basket"]


def day_number(dates):
    """UTC days since 1970-01-01."""
    times = pd.to_datetime(pd.Series(dates), utc=True)
    return (times.astype("datetime64[ms, UTC]").astype("int64") // 86_400_000).to_numpy()


class Universe:
    """Prices, half-spreads, payouts and fees by market column."""

    def __init__(self, output, universe, config, wanted, first, last):
        checkpoints = output / "checkpoints"
        rejected_file = checkpoints / "01_rejected.parquet"
        rejected = pd.read_parquet(rejected_file) if rejected_file.exists() else None

        def accepted(name):
            table = pd.read_parquet(universe / name).reset_index(drop=True)
            if rejected is None:
                return table
            return table.drop(index=rejected.loc[rejected["file"] == name, "row"].unique())

        settings = yaml.safe_load((config / "settings.yaml").read_text())["backtest"]
        if settings["cash_rate"]["value"] != "zero":
            sys.exit("Cannot recompute as the cash rate must be zero: interest is not recomputed")
        self.capital = settings["capital_usd"]["value"]
        self.model = settings["fee_model"]["value"]
        self.fees = yaml.safe_load((config / "fees.yaml").read_text())
        for schedule in self.fees["schedules"]:
            schedule["day"] = int(day_number([str(schedule["from"])])[0])

        self.ids = np.array(sorted(set(wanted)))
        self.column = {market: j for j, market in enumerate(self.ids)}
        markets = accepted("markets.parquet").drop_duplicates("market_id").set_index("market_id")
        self.venue = markets["venue"].reindex(self.ids).to_numpy(object)
        themes = pd.read_parquet(checkpoints / "05_markets.parquet").set_index("market_id")["theme"].reindex(self.ids)
        self.category = np.array([
            self.fees["venues"][venue]["themes"].get(theme, self.fees["venues"][venue]["default"])
            for venue, theme in zip(self.venue, themes)
        ])

        prices = accepted("prices.parquet")
        prices = prices[prices["market_id"].isin(self.ids)].copy()
        prices["day"] = day_number(prices["date"])
        prices = prices.drop_duplicates(["market_id", "day"])
        half = pd.Series(np.nan, index=prices.index)
        if "bid" in prices and "ask" in prices:
            half = (prices["ask"] - prices["bid"]) / 2
        prices["half"] = half.where(half >= 0, settings["half_spread"]["value"])
        self.first = first
        days = np.arange(min(first, int(prices["day"].min())), last + 1)

        def panel(column):
            wide = prices.pivot(index="day", columns="market_id", values=column)
            return wide.reindex(index=days, columns=self.ids).ffill().loc[first:].to_numpy()

        self.close = panel("close")
        self.half = panel("half")
        resolutions = accepted("resolutions.parquet").drop_duplicates("market_id").set_index("market_id")
        resolutions = resolutions.reindex(self.ids)
        self.payout = resolutions["payout"].to_numpy()
        self.resolved = np.full(len(self.ids), np.iinfo("int64").max)
        known = resolutions["resolved_at"].notna().to_numpy()
        self.resolved[known] = day_number(resolutions["resolved_at"][known])

    def price(self, day, column, is_no):
        close = self.close[day - self.first, column]
        return np.where(is_no, 1 - close, close)

    def rates(self, day, column):
        """Rate, exponent, unit and whether it is rounded up, of each market on a day."""
        answer = np.empty((4, len(column)))
        latest = {}
        for schedule in sorted(self.fees["schedules"], key=lambda schedule: schedule["day"]):
            if schedule["day"] <= day:
                latest[schedule["venue"]] = schedule
        for i, j in enumerate(column):
            schedule = latest[self.venue[j]]
            category, rounding = schedule["categories"][self.category[j]], schedule["rounding"]
            answer[:, i] = category["rate"], category["exponent"], rounding["unit"], rounding["mode"] == "up"
        return answer

    def cost(self, day, column, is_no, points):
        """Points that trades of so many points cost."""
        trades = points >= 1e-9
        column, points = column[trades], points[trades]
        if len(column) == 0:
            return 0.0
        q = self.price(day, column, is_no[trades])
        spread = points * np.minimum(self.half[day - self.first, column] / q, 1)
        if self.model == "flat":
            return float(np.sum(spread + points * self.fees["flat"]["basis_points"] / 10_000))
        dollars = points / 100 * self.capital
        rate, exponent, unit, up = self.rates(day, column)
        units = dollars / q * rate * (q * (1 - q)) ** exponent / unit
        units = np.where(up == 1, np.maximum(np.ceil(units - 1e-6), 0), np.floor(units + 0.5 + 1e-6))
        return float(np.sum(spread + points * (units * unit / dollars)))


def composition(rows):
    """Contracts and weights by trade date: (column, is `no`, weight, is carried)."""
    rows = rows.sort_values("day", kind="stable")
    day = rows["day"].to_numpy()
    columns = (
        rows["column"].to_numpy(),
        (rows["side"] == "no").to_numpy(bool),
        rows["weight"].to_numpy(),
        rows["reason"].str.startswith("carried").to_numpy(bool),
    )
    held = ~rows["reason"].str.startswith("sold=").to_numpy(bool)
    return {int(d): tuple(values[held & (day == d)] for values in columns) for d in np.unique(day)}


def replay(trades, universe, policy, first, last, pays):
    """Value of one basket on each day from its first one, on one track."""
    trade_days = sorted(trades)
    values = np.empty(last - first + 1)
    column, is_no, shares = np.empty(0, int), np.empty(0, bool), np.empty(0)
    cash = 100.0
    day = first
    while day <= last:
        # payouts of the day come first
        paid = universe.resolved[column] == day
        payout = universe.payout[column[paid]]
        proceeds = float(np.sum(shares[paid] * np.where(is_no[paid], 1 - payout, payout)))
        column, is_no, shares = column[~paid], is_no[~paid], shares[~paid]
        q = universe.price(day, column, is_no)
        if day in trades:
            cash += proceeds
            value = cash + float(np.sum(shares * q))
            new_column, new_is_no, weight, carried = trades[day]
            keys, new_keys = 2 * column + is_no, 2 * new_column + new_is_no
            union = np.union1d(keys, new_keys)
            traded = np.zeros(len(union))
            traded[np.searchsorted(union, keys)] -= shares * q
            traded[np.searchsorted(union, new_keys)] += weight * value
            traded = np.abs(traded)
            traded[np.searchsorted(union, new_keys[carried])] = 0.0
            old = np.zeros(len(union))
            old[np.searchsorted(union, keys)] = shares
            cost = 0.0
            if pays:
                cost = universe.cost(day, union // 2, union % 2 == 1, traded)
            left = value - min(cost, value)
            new_q = universe.price(day, new_column, new_is_no)
            kept = old[np.searchsorted(union, new_keys)]
            shrink = left / value if value > 0 else 1.0
            with np.errstate(divide="ignore", invalid="ignore"):
                shares = np.where(carried, kept * shrink, weight * left / new_q)
            cash = left * max(1 - float(np.sum(weight)), 0.0)
            column, is_no = new_column, new_is_no
        elif policy == "redistribute" and proceeds > 0 and float(np.sum(shares * q)) > 0:
            value = cash + proceeds + float(np.sum(shares * q))
            part = proceeds * shares * q / np.sum(shares * q)
            cost = universe.cost(day, column, is_no, part) if pays else 0.0
            shrink = (value - min(cost, value)) / value
            with np.errstate(divide="ignore", invalid="ignore"):
                shares = np.where(q > 0, shares + part / q, shares) * shrink
            cash *= shrink
        else:
            cash += proceeds
        later = universe.resolved[column]
        later = [int(d) for d in later[later > day]] + [d for d in trade_days if d > day]
        until = min([last + 1] + later)
        close = universe.close[day - universe.first:until - universe.first, column]
        sided = np.where(is_no, 1 - close, close)
        values[day - first:until - first] = cash + sided @ shares
        day = until
    return values


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output", type=Path)
    parser.add_argument("universe", type=Path)
    parser.add_argument("--config", type=Path, default=Path(__file__).parents[3] / "config")
    parser.add_argument("--tolerance", type=float, default=1e-9)
    options = parser.parse_args()
    began = time.time()
    for path in (options.output / "checkpoints" / "05_baskets.parquet", options.universe / "markets.parquet"):
        if not path.exists():
            sys.exit(f"Cannot recompute as {path} must exist: OUTPUT is the folder of a run, UNIVERSE that of its source")
    held = pd.read_parquet(options.output / "checkpoints" / "05_baskets.parquet")
    held["day"] = day_number(held["date"])
    nav = pd.read_parquet(options.output / "checkpoints" / "05_nav.parquet")
    nav["day"] = day_number(nav["date"])
    if len(nav) == 0:
        print("Nothing was ever held, so there is nothing to recompute")
        sys.exit(0)
    known = set(pd.read_parquet(options.universe / "markets.parquet", columns=["market_id"])["market_id"])
    if not set(held["market_id"]) <= known:
        sys.exit(f"Cannot recompute as UNIVERSE must be the source of the run: it lacks {sorted(set(held['market_id']) - known)[:3]}")
    universe = Universe(
        options.output, options.universe, options.config, held["market_id"], int(nav["day"].min()), int(nav["day"].max())
    )
    held["column"] = held["market_id"].map(universe.column).fillna(-1).astype(int)
    rows_of = dict(tuple(held.groupby(KEYS)))
    largest, counted, missing = {}, 0, []
    for key, stored in nav.groupby(KEYS):
        stored = stored.sort_values("day")
        first, last = int(stored["day"].min()), int(stored["day"].max())
        counted += 1
        if key not in rows_of:
            # nothing could ever be bought: 100 throughout
            missing.append(key)
        trades = composition(rows_of[key]) if key in rows_of else {}
        for track, pays in (("nav_gross", False), ("nav", True)):
            values = replay(trades, universe, key[1], first, last, pays)
            if len(values) != len(stored):
                sys.exit(f"Cannot compare {key} as both must cover the same days: got {len(values)} and {len(stored)}")
            difference = np.abs(values - stored[track].to_numpy())
            worst = float(np.max(difference)) if np.all(np.isfinite(difference)) else np.inf
            place = (key[1], track)
            if worst >= largest.get(place, (-1.0,))[0]:
                largest[place] = (worst, key, int(stored["day"].to_numpy()[np.argmax(difference)]))
    for (policy, track), (worst, key, day) in sorted(largest.items()):
        date = pd.Timestamp(day, unit="D").date()
        print(f"{policy:<13} {track:<10} largest absolute difference {worst:.3e} (method {key[0]}, basket {key[2]}, {date})")
    print(f"{counted} baskets recomputed in {time.time() - began:.1f} s; {len(missing)} without rows: {missing[:5]}")
    failed = counted == 0 or any(worst > options.tolerance for worst, _, _ in largest.values())
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
