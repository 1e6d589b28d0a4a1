"""Do irises' measurements tell their species?

Groups Fisher's 150 irises by k-means, without a look at the species, and compares the groups with them.

    python iris_kmeans.py [pictures.npz]
"""

import sys
from pathlib import Path

import numpy as np

SPECIES = ["setosa", "versicolor", "virginica"]
STARTS = 100


def random_numbers(seed):
    """Yield random numbers from 0 to 1: the linear congruential generator of Park and Miller (1988)."""
    while True:
        seed = seed * 48271 % 2147483647
        yield seed / 2147483647


def squared_distances(points, centres):
    return ((points[:, np.newaxis, :] - centres) ** 2).sum(axis=2)


def spread_out(points, count, random):
    """Choose starting centres far from each other (k-means++, Arthur & Vassilvitskii 2007)."""
    centres = points[[int(next(random) * len(points))]]
    while len(centres) < count:
        weights = np.cumsum(squared_distances(points, centres).min(axis=1))
        chosen = np.searchsorted(weights, next(random) * weights[-1])
        centres = np.vstack([centres, points[chosen]])
    return centres


def k_means(points, centres):
    """Move the centres to the means of their groups until nothing changes (Lloyd 1982)."""
    while True:
        distances = squared_distances(points, centres)
        groups = distances.argmin(axis=1)
        means = np.array([points[groups == group].mean(axis=0) for group in range(len(centres))])
        if np.allclose(means, centres, rtol=0, atol=1e-12):
            return groups, centres, distances.min(axis=1).sum()
        centres = means


def silhouette(points, groups):
    """How much nearer each point is to its own group than to the next, from -1 to 1 (Rousseeuw 1987)."""
    distances = np.sqrt(squared_distances(points, points))
    sizes = np.bincount(groups)
    totals = np.stack([distances[:, groups == group].sum(axis=1) for group in range(len(sizes))], axis=1)
    members = np.arange(len(points))
    own = totals[members, groups] / (sizes[groups] - 1)
    others = totals / sizes
    others[members, groups] = np.inf
    nearest = others.min(axis=1)
    return (nearest - own) / np.maximum(nearest, own)


table = np.loadtxt(Path(__file__).parent / "data" / "iris.csv", delimiter=",")
points, species = table[:, :4], table[:, 4].astype(int)
print(f"{len(points)} irises")
for kind, name in enumerate(SPECIES):
    mean = points[species == kind].mean(axis=0)
    print(f"  mean {name:11s}", " ".join(f"{value:.3f}" for value in mean))

random = random_numbers(seed=1936)
results = [k_means(points, spread_out(points, 3, random)) for _ in range(STARTS)]
spreads = np.array([spread for _, _, spread in results])
groups, centres, spread = results[spreads.argmin()]
# Groups are named by size of flower, as chance has numbered them.
order = np.argsort(centres[:, 2])
groups, centres = np.argsort(order)[groups], centres[order]

print(f"three groups, the best of {STARTS} starts")
print(f"  sum of squared distances {spread:.4f}")
print(f"  found by {np.count_nonzero(np.isclose(spreads, spread))} of the starts")
print(f"  sum of the worst start   {spreads.max():.4f}")
for centre, size in zip(centres, np.bincount(groups), strict=True):
    print(f"  centre of {size:2d}    ", " ".join(f"{value:.3f}" for value in centre))
widths = silhouette(points, groups)
print(f"  mean silhouette {widths.mean():.4f}, negative for {np.count_nonzero(widths < 0)}")

agreement = np.zeros((3, 3), dtype=int)
np.add.at(agreement, (species, groups), 1)
print("species and groups")
for name, row in zip(SPECIES, agreement, strict=True):
    print(f"  {name:11s}", " ".join(f"{count:3d}" for count in row))
print(f"  {np.trace(agreement)} of {len(points)} in the group of their species")

if len(sys.argv) > 1:
    np.savez(sys.argv[1], points=points, species=species, groups=groups, centres=centres)
