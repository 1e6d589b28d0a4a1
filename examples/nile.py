"""When did the Nile change?

The annual flow at Aswan fell around 1899 and stayed low. This finds the year by least squares, asks by a
permutation test whether chance could have done it, and smooths the series with a moving average.

    python nile.py [pictures.npz]
"""

import sys
from pathlib import Path

import numpy as np

YEARS_AVERAGED = 11
PERMUTATIONS = 5000


def random_keys(count, seed):
    """Random 64-bit integers: splitmix64 (Steele, Lea & Flood 2014), the same on every machine."""
    z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def explained(series):
    """By how much two means, before and after each possible change, explain a series better than one.

    The sum of squares saved by a change after observation k is k (n - k) / n times the squared difference of
    the means. The last axis is time; so is the last axis of the result, which is one shorter.
    """
    n = series.shape[-1]
    k = np.arange(1, n)
    before = np.cumsum(series, axis=-1)[..., :-1]
    total = series.sum(axis=-1, keepdims=True)
    difference = (total - before) / (n - k) - before / k
    return k * (n - k) / n * difference**2


years, flow = np.loadtxt(Path(__file__).parent / "data" / "nile.csv", delimiter=",", unpack=True)
quartiles = np.percentile(flow, [25, 50, 75])
deviations = flow - flow.mean()
print(f"{len(flow)} years from {years[0]:.0f} to {years[-1]:.0f}")
print(f"  mean {flow.mean():.2f}, standard deviation {flow.std(ddof=1):.2f}")
print(f"  quartiles {quartiles[0]:.2f} {quartiles[1]:.2f} {quartiles[2]:.2f}")
print(f"  correlation of a year with the next {np.corrcoef(flow[:-1], flow[1:])[0, 1]:.4f}")

saved = explained(flow)
change = saved.argmax() + 1
means = np.where(np.arange(len(flow)) < change, flow[:change].mean(), flow[change:].mean())
rest = flow - means
print(f"the flow changed after {years[change - 1]:.0f}")
print(f"  mean before {means[0]:.2f}, after {means[-1]:.2f}")
print(f"  variance explained {saved.max() / (deviations @ deviations):.2%}")
print(f"  correlation of a year with the next, without it {np.corrcoef(rest[:-1], rest[1:])[0, 1]:.4f}")

keys = random_keys(PERMUTATIONS * len(flow), seed=1871).reshape(PERMUTATIONS, len(flow))
shuffled = flow[np.argsort(keys, axis=1)]
by_chance = explained(shuffled).max(axis=1)
print(f"in {PERMUTATIONS} shuffled series")
print(f"  as large a change in {np.count_nonzero(by_chance >= saved.max())}")
print(f"  the largest explains {by_chance.max() / (deviations @ deviations):.2%} of the variance")

average = np.convolve(flow, np.ones(YEARS_AVERAGED) / YEARS_AVERAGED, mode="valid")
middle = years[YEARS_AVERAGED // 2 : -(YEARS_AVERAGED // 2)]
steepest = np.argmin(average[YEARS_AVERAGED:] - average[:-YEARS_AVERAGED])
print(f"the {YEARS_AVERAGED}-year moving average")
print(f"  lowest in {middle[average.argmin()]:.0f} with {average.min():.2f}")
print(f"  highest in {middle[average.argmax()]:.0f} with {average.max():.2f}")
print(f"  falls most from {middle[steepest]:.0f} to {middle[steepest + YEARS_AVERAGED]:.0f}")

if len(sys.argv) > 1:
    np.savez(sys.argv[1], years=years, flow=flow, means=means, middle=middle, average=average)
