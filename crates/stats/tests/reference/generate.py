"""Write the reference values beside this file, with mpmath: ``python generate.py``.

Every value is computed with enough digits that the 17 written ones are right, by power series of positive
terms: slow, and independent of what the crate does.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import mpmath
from mpmath import mp, mpf

# Enough that what a probability lacks of one still has thirty digits where it is 1e-300.
mp.dps = 360

Tails = tuple[mpf, mpf]


def gamma_tails(a: mpf, z: mpf) -> Tails:
    """P(a, z) and Q(a, z)."""
    term = total = mpf(1)
    n = a
    while term > total * mpf(10) ** -mp.dps:
        n += 1
        term *= z / n
        total += term
    lower = mpmath.exp(a * mpmath.log(z) - z - mpmath.loggamma(a + 1)) * total
    return lower, 1 - lower


def beta_tails(a: mpf, b: mpf, x: mpf) -> Tails:
    """I(x; a, b) and its complement."""
    if x > mpf(1) / 2:
        lower, upper = beta_tails(b, a, 1 - x)
        return upper, lower
    term = total = mpf(1)
    n = mpf(0)
    while term > total * mpf(10) ** -mp.dps:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    ln_beta = mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)
    lower = mpmath.exp(a * mpmath.log(x) + b * mpmath.log(1 - x) - ln_beta) / a * total
    return lower, 1 - lower


def normal(x: mpf, mean: mpf, deviation: mpf) -> tuple[mpf, Tails]:
    z = (x - mean) / deviation
    density = mpmath.exp(-z * z / 2) / (deviation * mpmath.sqrt(2 * mp.pi))
    tails = mpmath.erfc(-z / mpmath.sqrt(2)) / 2, mpmath.erfc(z / mpmath.sqrt(2)) / 2
    return density, tails


def gamma(x: mpf, shape: mpf, scale: mpf) -> tuple[mpf, Tails]:
    z = x / scale
    density = mpmath.exp((shape - 1) * mpmath.log(z) - z - mpmath.loggamma(shape)) / scale
    return density, gamma_tails(shape, z)


def chi_squared(x: mpf, degrees: mpf) -> tuple[mpf, Tails]:
    return gamma(x, degrees / 2, mpf(2))


def beta(x: mpf, a: mpf, b: mpf) -> tuple[mpf, Tails]:
    ln_beta = mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)
    density = mpmath.exp((a - 1) * mpmath.log(x) + (b - 1) * mpmath.log(1 - x) - ln_beta)
    return density, beta_tails(a, b, x)


def f(x: mpf, numerator: mpf, denominator: mpf) -> tuple[mpf, Tails]:
    share = numerator * x / (numerator * x + denominator)
    density, tails = beta(share, numerator / 2, denominator / 2)
    return density * share * (1 - share) / x, tails


def student_t(x: mpf, degrees: mpf) -> tuple[mpf, Tails]:
    ln_beta = mpmath.loggamma(degrees / 2) + mpmath.loggamma(mpf(1) / 2) - mpmath.loggamma((degrees + 1) / 2)
    power = -(degrees + 1) / 2 * mpmath.log(1 + x * x / degrees)
    density = mpmath.exp(power - ln_beta) / mpmath.sqrt(degrees)
    if x == 0:
        return density, (mpf(1) / 2, mpf(1) / 2)
    tail = beta_tails(degrees / 2, mpf(1) / 2, degrees / (degrees + x * x))[0] / 2
    return density, (tail, 1 - tail) if x < 0 else (1 - tail, tail)


def poisson(x: mpf, mean: mpf) -> tuple[mpf, Tails]:
    density = mpmath.exp(x * mpmath.log(mean) - mean - mpmath.loggamma(x + 1))
    lower, upper = gamma_tails(x + 1, mean)
    return density, (upper, lower)


def binomial(x: mpf, trials: mpf, p: mpf) -> tuple[mpf, Tails]:
    ways = mpmath.loggamma(trials + 1) - mpmath.loggamma(x + 1) - mpmath.loggamma(trials - x + 1)
    density = mpmath.exp(ways + x * mpmath.log(p) + (trials - x) * mpmath.log(1 - p))
    if x == trials:
        return density, (mpf(1), mpf(0))
    lower, upper = beta_tails(x + 1, trials - x, p)
    return density, (upper, lower)


def negative_binomial(x: mpf, size: mpf, p: mpf) -> tuple[mpf, Tails]:
    ways = mpmath.loggamma(x + size) - mpmath.loggamma(x + 1) - mpmath.loggamma(size)
    density = mpmath.exp(ways + size * mpmath.log(p) + x * mpmath.log(1 - p))
    return density, beta_tails(size, x + 1, p)


Row = tuple[str, float, float, float]


def rows() -> Iterator[Row]:
    """The points: a name, two parameters (the second unused by some), and where to look."""
    for mean, deviation in [(0.0, 1.0), (1.7, 0.3), (-1e5, 12.5)]:
        for z in [-37.5, -30.1, -9.3, -3.3, -1.0, -0.1, 0.0, 1e-9, 0.6, 2.2, 8.7, 21.3, 37.4]:
            yield "normal", mean, deviation, mean + z * deviation
    shapes = [1e-3, 0.03, 0.5, 0.97, 1.0, 1.6, 4.5, 23.0, 99.0, 101.0, 1234.5, 20000.0]
    for shape in shapes:
        spread = shape**0.5
        for z in [
            1e-200,
            1e-12,
            0.01 * shape,
            0.4 * shape,
            0.9 * shape,
            shape,
            shape + 1e-3,
            1.2 * shape,
            shape + 3 * spread,
            shape + 8 * spread + 3,
            1.6 * shape + 30,
            shape + 30 * spread + 600,
        ]:
            yield "gamma", shape, 1.7, z * 1.7
            yield "chi_squared", 2 * shape, 0.0, 2 * z
    for degrees in [0.1, 1.0, 2.0, 3.5, 11.0, 99.5, 4000.0]:
        for t in [0.0, 1e-100, 1e-8, 0.05, 0.67, 1.3, 2.9, 7.7, 31.0, 1e5, 1e40]:
            yield "student_t", degrees, 0.0, t
            yield "student_t", degrees, 0.0, -t
    pairs = [
        (0.01, 0.02),
        (0.5, 0.5),
        (0.02, 7.0),
        (7.0, 0.02),
        (1.0, 1.0),
        (3.0, 0.4),
        (0.3, 1500.0),
        (20.0, 30.0),
        (150.5, 2.25),
        (700.0, 900.0),
        (3000.0, 41.0),
    ]
    for a, b in pairs:
        mean = a / (a + b)
        spread = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        near = [mean + k * spread for k in (-6.0, -1.5, -0.1, 0.5, 2.0, 5.0)]
        for x in [1e-250, 1e-9, 0.001, 0.2, 0.499, 0.75, 0.98, 1 - 1e-12, *near]:
            if 0 < x < 1:
                yield "beta", a, b, x
        for x in [1e-100, 1e-6, 0.03, 0.4, 0.999, 1.0, 1.9, 5.5, 80.0, 1e6, 1e70]:
            yield "f", 2 * a, 2 * b, x
    for mean in [1e-5, 0.3, 4.4, 60.0, 512.5, 9000.0]:
        for k in {0, 1, 2, 7, 40, int(mean), int(mean + 4 * mean**0.5), int(mean * 1.7), int(0.6 * mean) + 3}:
            yield "poisson", mean, 0.0, float(k)
    for trials, p in [(1.0, 0.3), (10.0, 1e-4), (37.0, 0.5), (300.0, 0.93), (5000.0, 0.02)]:
        centre = int(trials * p)
        for k in {0, 1, 3, centre, centre + 2, int(trials * 0.8), int(trials) - 1, int(trials)}:
            if 0 <= k <= trials:
                yield "binomial", trials, p, float(k)
    for size, p in [(0.01, 0.5), (0.7, 0.04), (1.0, 0.9), (12.5, 0.3), (400.0, 0.6)]:
        for k in [0, 1, 2, 9, 33, 120, 700, 2500]:
            yield "negative_binomial", size, p, float(k)


FAMILIES: dict[str, tuple[Callable[..., tuple[mpf, Tails]], int]] = {
    "normal": (normal, 2),
    "gamma": (gamma, 2),
    "chi_squared": (chi_squared, 1),
    "student_t": (student_t, 1),
    "beta": (beta, 2),
    "f": (f, 2),
    "poisson": (poisson, 1),
    "binomial": (binomial, 2),
    "negative_binomial": (negative_binomial, 2),
}


def text(value: mpf) -> str:
    """The nearest double, by the shortest digits that name it."""
    return repr(float(value))


def write_distributions(path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["family", "first", "second", "x", "density", "cdf", "sf"])
        for family, first, second, x in rows():
            compute, count = FAMILIES[family]
            density, (lower, upper) = compute(mpf(x), *map(mpf, (first, second)[:count]))
            writer.writerow([family, repr(first), repr(second), repr(x), *map(text, (density, lower, upper))])


def write_gamma_functions(path: Path) -> None:
    points = [
        1e-300,
        1e-9,
        0.02,
        0.5,
        0.999,
        1.0,
        1.0 + 1e-12,
        1.2,
        1.4616321449683622,
        1.462,
        1.5,
        1.75,
        2.0,
        2.0 - 1e-9,
        2.3,
        3.0,
        7.7,
        13.9,
        14.1,
        15.99,
        16.5,
        40.25,
        171.5,
        3e4,
        1e10,
        1e200,
        -0.5,
        -1.3,
        -7.9,
        -20.1,
    ]
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["x", "ln_gamma", "digamma", "trigamma"])
        for x in points:
            z = mpf(x)
            ln_gamma = mpmath.log(abs(mpmath.gamma(z))) if x < 1e5 else mpmath.loggamma(z)
            writer.writerow([repr(x), text(ln_gamma), text(mpmath.psi(0, z)), text(mpmath.psi(1, z))])


if __name__ == "__main__":
    here = Path(__file__).parent
    write_distributions(here / "distributions.csv")
    write_gamma_functions(here / "gamma_functions.csv")
