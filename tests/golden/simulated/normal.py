"""Golden values of the normal distribution. Run: python normal.py > normal.json"""
import json
import scipy
from scipy.stats import norm

xs = [-38.5, -37, -12, -7.2, -5, -2.5, -1, -0.3, 0, 1e-9, 0.7, 1.96, 4, 7.05, 7.1, 9]
ps = [1e-300, 1e-15, 1e-6, 0.001, 0.02, 0.025, 0.3, 0.5, 0.50001, 0.8, 0.99, 0.999999]
print(json.dumps({
    "scipy": scipy.__version__,
    "cdf": [[x, float(norm.cdf(x))] for x in xs],
    "quantile": [[p, float(norm.ppf(p))] for p in ps],
}, indent=1))
