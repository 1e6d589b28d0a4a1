# Every command a person runs. `make` alone lists them.
#
# Nothing has to be installed by hand but Rust (stable), Python 3.11 or later with pip, gcc and git: the commands below
# make their own virtual environment in .venv and keep everything inside the checkout.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
CARGO ?= cargo
TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
# The build profile of the extension (see Cargo.toml): quick for the everyday loop, release for the wheel.
PROFILE ?= quick
EXAMPLES ?= 50000

# PyO3 builds for the interpreter that is to load the extension.
export PYO3_PYTHON := $(CURDIR)/$(PY)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BUILT := $(if $(filter Darwin,$(shell uname -s)),lib_native.dylib,lib_native.so)
EXTENSION := python/rustsci/_native.so
SAY := @printf '\n==> %s\n'

##@ Using it

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(VENV)/.group-demo extension ## Run the example programs on rustsci, each checked against NumPy and timed beside it
	$(SAY) "Running the examples"
	$(PY) examples/demo.py

.PHONY: build
build: $(VENV)/.group-test extension ## Build the extension into python/rustsci, with .venv ready for tests

##@ Testing it

.PHONY: test
test: $(VENV)/.group-test extension test-rust test-python test-numpy ## Run every test: Rust, Python, documentation, and a part of NumPy's own suite

.PHONY: test-rust
test-rust: $(VENV)/.group-test ## Rust tests and documented examples
	$(SAY) "Rust tests"
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
	  $(CARGO) nextest run --workspace --no-tests=pass && $(CARGO) test --workspace --doc; \
	else \
	  $(CARGO) test --workspace; \
	fi

.PHONY: test-python
test-python: $(VENV)/.group-test extension ## Python tests, docstrings, README, guide and examples
	$(SAY) "Python tests and documentation"
	$(PY) -m pytest

.PHONY: sanitize
sanitize: ## The tests of crates/buffer under AddressSanitizer
	$(SAY) "crates/buffer under AddressSanitizer"
	RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address ASAN_OPTIONS=detect_leaks=0 \
	  $(CARGO) test --package rustsci-buffer --lib --target $(shell rustc -vV | sed -n 's/host: //p')

# Seconds for each of the targets in fuzz/fuzz_targets.
FUZZ_SECONDS ?= 60

.PHONY: fuzz
fuzz: ## Feed random bytes, texts and views to what users can feed (FUZZ_SECONDS=60 for each target)
	@tools/cargo-fuzz.sh $(FUZZ_SECONDS)

.PHONY: test-numpy
test-numpy: $(VENV)/.group-test extension ## A quick part of NumPy's own test suite
	$(SAY) "NumPy's own tests: the quick subset"
	$(PY) -m tests.suites.numpy --quick

.PHONY: suite-numpy
suite-numpy: $(VENV)/.group-test extension ## NumPy's own test suite, whole
	$(PY) -m tests.suites.numpy

.PHONY: suite-statistics
suite-statistics: $(VENV)/.group-test extension ## CPython's own tests of statistics, and 10,000 random samples bit for bit
	$(PY) -m tests.suites.statistics
	$(PY) -m tests.python.statistics_oracle --examples 10000

.PHONY: suite-statsmodels
suite-statsmodels: $(VENV)/.group-test extension ## statsmodels' own tests of its GLM, on an adapter over rustsci.glm
	$(PY) -m tests.suites.statsmodels

.PHONY: differential
differential: $(VENV)/.group-test extension ## Random programs on NumPy and on rustsci, compared (EXAMPLES=50000)
	$(PY) -m tests.python.differential --examples $(EXAMPLES)

.PHONY: check
check: $(VENV)/.group-lint extension ## Everything CI looks at besides tests: format, lints, docs, licences, types
	$(SAY) "Rust: format, lints, documentation"
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --document-private-items
	$(SAY) "Rust: licences, duplicate and banned crates, sources"
	tools/cargo-deny.sh check licenses bans sources
	$(SAY) "Rust: the second interpreter's lock file"
	cd crates/rustpython && $(CARGO) update --workspace --locked --quiet
	$(SAY) "Python: lints, format, types"
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	tools/stubtest.sh $(PY)
	@echo "make check: all passed"

.PHONY: format
format: $(VENV)/.group-lint ## Rewrite Rust and Python sources in the project's format
	$(CARGO) fmt --all
	$(PY) -m ruff check --fix-only --quiet
	$(PY) -m ruff format

##@ The second interpreter

# RustPython 0.6 needs a newer Rust than rustsci itself; its Cargo.lock holds what it was made with.
RUSTPYTHON_RUST := 1.97.0
RUSTPYTHON_CARGO := cd crates/rustpython && $(CARGO) +$(RUSTPYTHON_RUST)
RUSTPYTHON := crates/rustpython/target/release/rustsci-python
WASM_FOLDER := crates/rustpython/target/wasm32-wasip1/wasi
WASM := $(WASM_FOLDER)/rustsci-python.wasm
BARE := crates/rustpython/target/wasm32-unknown-unknown/wasi/rustsci_browser_smoke.wasm

.PHONY: rustpython-toolchain
rustpython-toolchain: ## Install the Rust that RustPython needs, or say what is missing
	@tools/rust-toolchain.sh $(RUSTPYTHON_RUST) wasm32-wasip1 wasm32-unknown-unknown

.PHONY: rustpython
rustpython: ## Build rustsci-python: a Python interpreter (RustPython) with rustsci built in
	@tools/rust-toolchain.sh $(RUSTPYTHON_RUST)
	$(SAY) "Building $(RUSTPYTHON)"
	$(RUSTPYTHON_CARGO) build --locked --release --target-dir target

.PHONY: wasm
wasm: ## Build rustsci-python for WASI (wasm32-wasip1, SIMD), to run under Node or wasmtime
	@tools/rust-toolchain.sh $(RUSTPYTHON_RUST) wasm32-wasip1
	$(SAY) "Building $(WASM)"
	$(RUSTPYTHON_CARGO) build --locked --profile wasi --target wasm32-wasip1 --target-dir target
	@ls -l $(WASM)
	@echo "run it: node crates/rustpython/wasi/node.mjs -- -c 'import numpy as np; print(np.arange(3))'"

.PHONY: wasm-bare
wasm-bare: ## Build the numeric crates alone for wasm32-unknown-unknown and let them compute
	@tools/rust-toolchain.sh $(RUSTPYTHON_RUST) wasm32-unknown-unknown
	$(SAY) "Building $(BARE)"
	$(RUSTPYTHON_CARGO) build --locked --profile wasi --target wasm32-unknown-unknown --target-dir target \
	  --package rustsci-browser-smoke
	node crates/rustpython/browser/smoke.mjs $(BARE)

.PHONY: test-rustpython
test-rustpython: $(VENV)/.group-test $(VENV)/.group-rustpython rustpython ## The Python tests and a part of NumPy's suite under rustsci-python
	$(SAY) "Python tests under RustPython"
	PYTHONPATH=$(CURDIR)/$(RUSTPYTHON_SITE):. $(RUSTPYTHON) -m pytest -p no:cacheprovider tests/python
	$(SAY) "NumPy's own tests under RustPython: a quick subset"
	$(RUSTPYTHON_SUITE) --quick

.PHONY: suite-rustpython
suite-rustpython: $(VENV)/.group-test $(VENV)/.group-rustpython rustpython ## NumPy's own test suite under rustsci-python, whole
	$(RUSTPYTHON_SUITE)

.PHONY: test-wasm
test-wasm: $(VENV)/.group-test $(VENV)/.group-wasm extension wasm wasm-bare ## The WASI module under Node and wasmtime, its size and its start-up
	$(SAY) "Programs under Node and wasmtime"
	$(PY) -m pytest tests/python/second_interpreter
	node crates/rustpython/wasi/measure.mjs

# Tests run on what is installed here: RustPython loads no compiled extensions, so NumPy is not among it.
RUSTPYTHON_SITE := $(VENV)/rustpython
RUSTPYTHON_SUITE := PYTHONPATH=$(CURDIR)/$(RUSTPYTHON_SITE) $(PY) -m tests.suites.numpy --interpreter $(RUSTPYTHON)
$(VENV)/.group-rustpython: pyproject.toml $(VENV)/.made
	@echo "==> Installing the packages of the group 'rustpython' (pyproject.toml) into $(RUSTPYTHON_SITE)"
	@rm -rf $(RUSTPYTHON_SITE)
	@$(PY) -m pip install --quiet --target $(RUSTPYTHON_SITE) --group rustpython
	@touch $@

##@ Measuring it

.PHONY: bench
bench: PROFILE = release
bench: $(VENV)/.group-test extension ## Time rustsci beside NumPy, in one process, interleaved
	$(PY) benches/arrays.py
	$(PY) benches/healpix.py
	$(PY) benches/stats.py

.PHONY: bench-healpix
bench-healpix: PROFILE = release
bench-healpix: $(VENV)/.group-test extension ## Time pixels of the sky beside cdshealpix, healpy and hpgeom
	$(PY) benches/healpix.py

.PHONY: bench-stats
bench-stats: PROFILE = release
bench-stats: $(VENV)/.group-test extension ## Time statistics beside Python's own, NumPy's and SciPy's
	$(PY) benches/stats.py

.PHONY: bench-instructions
bench-instructions: PROFILE = release
bench-instructions: $(VENV)/.group-test extension ## Count instructions of core operations under valgrind and compare with the baseline
	$(PY) benches/instructions.py

##@ Shipping it

.PHONY: wheel
wheel: $(VENV)/.group-wheel ## Build the wheel into dist/ and check its size
	$(PY) -m maturin build --release --locked --interpreter $(PY) --out dist
	$(PY) tools/check_wheel.py dist

.PHONY: wasm-healpix
wasm-healpix: ## Build the pixels of the sky alone for a web page, and check the size
	tools/healpix_wasm.sh

.PHONY: docs
docs: $(VENV)/.group-docs extension ## Build the reference pages of Python (docs/build) and of Rust (target/doc)
	$(PY) -m pdoc --docformat numpy --no-show-source --output-directory docs/build rustsci
	$(CARGO) doc --workspace --no-deps

.PHONY: clean
clean: ## Remove everything that was built, and the virtual environment
	rm -rf $(VENV) .tools $(EXTENSION) dist docs/build examples/output .hypothesis .mypy_cache .ruff_cache .pytest_cache
	find python tests examples benches -name __pycache__ -type d -prune -exec rm -rf {} +
	$(CARGO) clean

# Cargo decides whether anything has to be compiled. The copy is moved into place, so a Python that has the old
# extension loaded keeps it.
.PHONY: extension
extension: $(VENV)/.made
	@command -v $(CARGO) >/dev/null || { echo "rustsci needs Rust (stable): see https://rustup.rs" >&2; exit 1; }
	$(SAY) "Building the extension (profile $(PROFILE))"
	$(CARGO) build --profile $(PROFILE) --package rustsci-cpython
	@cp $(TARGET_DIR)/$(PROFILE)/$(BUILT) $(EXTENSION).new && mv -f $(EXTENSION).new $(EXTENSION)

$(VENV)/.made: tools/venv.sh
	@tools/venv.sh $(VENV)
	@touch $@

$(VENV)/.group-%: pyproject.toml $(VENV)/.made
	@echo "==> Installing the packages of the group '$*' (pyproject.toml) into $(VENV)"
	@$(PY) -m pip install --quiet --group $*
	@touch $@
