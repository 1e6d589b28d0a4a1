"""CPython's own tests of `statistics`, run on `rustsci.stats`: ``python -m tests.suites.statistics``."""
