"""Python's own `statistics` as the oracle of `rustsci.stats`: random numbers, every function, every bit."""
