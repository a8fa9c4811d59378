"""Principal components of a correlation matrix and their null over turned or signed series, by numpy.

The offset of series j in panel b is 1 + floor(draws[b, j] * (nDays - 1)), as circularShift draws it;
flips[b] says row by row which moves are given the other sign.
Run: python parallel_analysis.py > parallel_analysis.json (numpy 2.4.6)
"""
import json

import numpy as np

rng = np.random.default_rng(23)


def case(n_days, n, n_shifts):
    factor = rng.standard_normal((n_days, 1))
    moves = rng.standard_t(3, (n_days, n)) * (rng.random((n_days, n)) < 0.7)
    moves += 0.9 * factor * rng.uniform(0, 1, n)
    draws = rng.random((n_shifts, n))
    rank = min(n_days - 1, n)
    spectrum = lambda panel: np.sort(np.linalg.eigvalsh(np.corrcoef(panel.T)))[::-1][:rank]
    values, vectors = np.linalg.eigh(np.corrcoef(moves.T))
    first = vectors[:, -1]
    null = []
    for b in range(n_shifts):
        offsets = 1 + np.floor(draws[b] * (n_days - 1)).astype(int)
        null.append(spectrum(np.column_stack([np.roll(moves[:, j], offsets[j]) for j in range(n)])))
    null = np.array(null)
    own = spectrum(moves)
    flips = rng.random((n_shifts, n_days, n)) < 0.5
    centred = moves - moves.mean(0)
    signed = np.array([spectrum(centred * np.where(flip, -1, 1)) for flip in flips])
    low, mid, high = np.quantile(null, [0.05, 0.5, 0.95], axis=0)
    above = own > high
    return {
        "nDays": n_days, "n": n, "nShifts": n_shifts,
        "moves": moves.ravel().tolist(), "draws": draws.ravel().tolist(),
        "eigenvalues": own.tolist(), "nullLow": low.tolist(), "nullMid": mid.tolist(),
        "nullHigh": high.tolist(),
        "first": (first * np.sign(first[np.argmax(np.abs(first))])).tolist(),
        "nAbove": int(rank if above.all() else np.argmin(above)),
        "pValue": float((1 + (null[:, 0] >= own[0]).sum()) / (1 + n_shifts)),
        "flips": "".join("1" if flip else "0" for flip in flips.ravel()),
        "signedHigh": np.quantile(signed, 0.95, axis=0).tolist(),
        "effectiveNumber": float(own.sum() ** 2 / (own**2).sum()),
    }


print(json.dumps({"long": case(60, 9, 20), "wide": case(15, 24, 12)}))
