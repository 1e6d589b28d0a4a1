"""Random numbers of every kind that a list may hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

Sample = list[Any]


def floats_of_one_scale(random: Random, size: int) -> Sample:
    scale = 10.0 ** random.uniform(-12, 12)
    return [random.gauss(random.choice((0.0, 3.0, 1e6)), 1.0) * scale for _ in range(size)]


def floats_of_all_scales(random: Random, size: int) -> Sample:
    return [random.choice((-1.0, 1.0)) * 10.0 ** random.uniform(-300, 300) for _ in range(size)]


def positive_floats(random: Random, size: int) -> Sample:
    return [math.exp(random.gauss(0.0, random.choice((0.1, 3.0)))) for _ in range(size)]


def small_integers(random: Random, size: int) -> Sample:
    return [random.randint(-9, 9) for _ in range(size)]


def large_integers(random: Random, size: int) -> Sample:
    bits = random.choice((40, 54, 62))
    return [random.randint(-(2**bits), 2**bits) for _ in range(size)]


def huge_integers(random: Random, size: int) -> Sample:
    return [random.randint(-(2**70), 2**70) for _ in range(size)]


def mixed(random: Random, size: int) -> Sample:
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: random.randint(-1000, 1000),
        lambda: random.gauss(0.0, 100.0),
        lambda: float(random.randint(-5, 5)),
        lambda: random.random() < 0.5,
        lambda: random.choice((0.0, -0.0, 0, False)),
    )
    return [random.choice(kinds)() for _ in range(size)]


def mixed_with_large_integers(random: Random, size: int) -> Sample:
    return [
        random.choice((random.randint(-(2**60), 2**60), random.uniform(-1e18, 1e18))) for _ in range(size)
    ]


def booleans(random: Random, size: int) -> Sample:
    return [random.random() < 0.3 for _ in range(size)]


def duplicates(random: Random, size: int) -> Sample:
    values = [random.gauss(0.0, 1.0) for _ in range(3)] + [0.0, -0.0]
    return [random.choice(values) for _ in range(size)]


def zeros(random: Random, size: int) -> Sample:
    return [random.choice((0.0, -0.0)) for _ in range(size)]


def subnormal(random: Random, size: int) -> Sample:
    return [random.randint(-50, 50) * 5e-324 for _ in range(size)]


def fractions(random: Random, size: int) -> Sample:
    return [Fraction(random.randint(-99, 99), random.randint(1, 60)) for _ in range(size)]


def decimals(random: Random, size: int) -> Sample:
    places = random.randint(0, 30)
    return [Decimal(random.randint(-(10**9), 10**9)).scaleb(-places) for _ in range(size)]


def numbers_of_all_types(random: Random, size: int) -> Sample:
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: Fraction(random.randint(-9, 9), random.randint(1, 9)),
        lambda: random.randint(-9, 9),
        lambda: random.random(),
        lambda: random.random() < 0.5,
        lambda: Decimal(random.randint(-99, 99)) / 10,
    )
    # All five together are refused; often one of them is missing.
    kinds = kinds[: random.randint(2, 5)] if random.random() < 0.8 else (kinds[1], kinds[3], kinds[4])
    return [random.choice(kinds)() for _ in range(size)]


def with_specials(random: Random, size: int) -> Sample:
    specials = random.choice(((math.inf,), (math.nan,), (math.inf, -math.inf), (math.nan, math.inf)))
    numbers = random.choice((floats_of_one_scale, small_integers, positive_floats))(random, size)
    return [random.choice(specials) if random.random() < 0.3 else x for x in numbers]


def decimals_with_specials(random: Random, size: int) -> Sample:
    specials = random.choice((("Infinity",), ("NaN",), ("Infinity", "-Infinity")))
    numbers = decimals(random, size)
    return [Decimal(random.choice(specials)) if random.random() < 0.3 else x for x in numbers]


def near_the_largest(random: Random, size: int) -> Sample:
    return [random.choice((-1.0, 1.0)) * random.uniform(0.5, 1.7976931348623157) * 1e308 for _ in range(size)]


def words(random: Random, size: int) -> Sample:
    return [random.choice(("a", "b", "c", "d")) for _ in range(size)]


# What a request in JSON may hold, and answers of both endpoints are the same for.
PLAIN = (
    floats_of_one_scale,
    floats_of_all_scales,
    positive_floats,
    small_integers,
    large_integers,
    huge_integers,
    mixed,
    mixed_with_large_integers,
    booleans,
    duplicates,
    zeros,
    subnormal,
)
KINDS = (
    *PLAIN,
    fractions,
    decimals,
    numbers_of_all_types,
    with_specials,
    decimals_with_specials,
    near_the_largest,
    words,
)


def draw(random: Random, most: int = 1000) -> Sample:
    """Numbers of a random kind: most often few, sometimes many."""
    size = random.choice((2, 3, random.randint(0, 5), random.randint(2, 30), random.randint(2, most)))
    return random.choice(KINDS)(random, size)
