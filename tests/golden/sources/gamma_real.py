"""Counts over the real Polymarket records, by pandas; run as
/tmp/venv/bin/python tests/golden/sources/gamma_real.py ../shared/data/taxonomy/gamma_markets.parquet
"""
import json
import sys

import pandas as pd

frame = pd.read_parquet(sys.argv[1])


def instants(name):
    return pd.to_datetime(frame[name], utc=True, format="ISO8601").dt.floor("ms")


def counts(labels):
    return {str(key): int(n) for key, n in labels.value_counts().sort_index().items()}


opens, created, ends, ended = map(instants, ["start_date", "created_at", "end_date", "closed_time"])
n_outcomes = frame.outcomes.map(lambda text: len(json.loads(text)))
n_tokens = frame.token_ids.map(lambda text: len(json.loads(text)))
born = opens.where(~(opens > ends), created)
reason = pd.Series("none", index=frame.index)
reason[ends - born < pd.Timedelta(days=7)] = "shorter than 7 days"
reason[n_outcomes != 2] = "not two outcomes"
reason[frame.closed & (n_tokens == 0)] = "never had an order book"

status = pd.Series("open", index=frame.index)
status[frame.closed] = "closed"
status[frame.closed & frame.uma_status.isin(["resolved", "settled"])] = "settled"

prices = frame.outcome_prices.map(json.loads)
first, second = prices.str[0], prices.str[1]
is_pair = (prices.map(len) == 2) & frame.closed & ((first + second - 1).abs() < 0.001)
payout = pd.Series("none", index=frame.index)
payout[is_pair & (first <= 0.001)] = "0"
payout[is_pair & (first >= 0.999)] = "1"
payout[is_pair & ((first - 0.5).abs() <= 1e-6)] = "0.5"


def total_ms(times):
    return str(int(times.dropna().astype("datetime64[ms, UTC]").astype("int64").sum()))


print(json.dumps({
    "n": len(frame),
    "leftOut": counts(reason),
    "status": counts(status),
    "claimedPayout": counts(payout),
    "nClosedWithoutTime": int((frame.closed & ended.isna()).sum()),
    "totalMs": {
        "opens": total_ms(opens),
        "created": total_ms(created),
        "closes": total_ms(ends),
        "closed": total_ms(ended[frame.closed]),
    },
}, indent=2))
