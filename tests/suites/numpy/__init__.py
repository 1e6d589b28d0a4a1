"""NumPy's own test suite, taken from its installed wheel and run against rustsci.

``python -m tests.suites.numpy --help`` says what it can do. One module each:

- `catalogue`: which test files there are
- `names`: the names that NumPy has; `serving` and `stand_ins`: how they are served
- `placeholder` and `guard`: what takes the place of what is missing, so that every file collects
- `child`: the process of one file, with the pytest plugins `collector`, `environment` and `recorder`
- `run`: the processes of all files; `results`: what other programs can read of it
- `reasons`: why functions do not pass; `ledger`: which are known not to; `compatibility`: the page about it
"""
