# Everything runs in .venv, made at the first use and again only when pyproject.toml or pins/ change.
PYTHON ?= python3
export PYTHON

PINS = $(wildcard pins/*.txt)
VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' sim/version.py)

# What could differ under another Python, with other versions of the packages.
ELSEWHERE = tests/test_package.py tests/test_mesa.py tests/test_mesa_in_one_go.py tests/test_mesa_users.py \
	tests/test_golden.py tests/test_cli.py

.PHONY: help run test test-long test-release golden lint bench bench-sweeps bench-dashboard docs evidence answers classics map pins release sbom audit clean
.PRECIOUS: .venv-%/installed

help:
	@sed -n 's/^\([a-z-]*\):.* ## /  make \1: /p' Makefile

run: .venv/installed ## simulate the Paris Call, then serve the dashboard on 127.0.0.1:8050 (PORT=...)
	@.venv/bin/parley run paris-call-2018
	@exec .venv/bin/parley dashboard $(if $(PORT),--port $(PORT))

# One worker more than there are processors, since tests in a browser wait for part of their time. A file's tests share
# what they compile and simulate, so one worker has them all; tests/conftest.py has the order of the files.
WORKERS = -n $$(.venv/bin/python -c "import os; print(1 + os.cpu_count())") --dist loadfile --no-loadscope-reorder

test: .venv/installed-test ## the test suite, a few minutes
	@.ci/chromium install >/dev/null
	@.venv/bin/python -m pytest $(WORKERS)

test-long: .venv/installed-test ## the slow tests, and those of the package under the other Pythons of this machine
	@.ci/chromium install >/dev/null
	@for version in $$(.ci/other-pythons); do $(MAKE) --no-print-directory test-under-$$version || exit 1; done
	@.venv/bin/python -m pytest $(WORKERS) -m long

test-release: .venv/installed-test ## the wheel with the packages of pins/core.txt alone; before a release
	@.venv/bin/python -m pytest -m release

test-under-%: .venv-%/installed
	@echo "Python $*:"
	@.venv-$*/bin/python -m pytest -n auto -m "not browser" $(ELSEWHERE)

golden: .venv/installed-test ## write the golden records anew, after a change that is meant to change results
	@.venv/bin/python -m pytest -q tests/test_golden.py tests/test_docs.py -k "golden or notebook" -m "" --refresh-golden

lint: .venv/installed-dev ## ruff and mypy
	@.venv/bin/ruff check .
	@.venv/bin/mypy

docs: .venv/installed ## whatever is generated in docs/, save the evidence and the table of classics
	@.venv/bin/python -m sim.document_tables docs/odd.md docs/lenses.md docs/transfer.md docs/numbers.md
	@.venv/bin/python -m docs.architecture
	@.venv/bin/python -m docs.glossary
	@.venv/bin/python -m docs.api

evidence: .venv/installed-test ## all the evidence on the shipped weights, and docs/evidence.md; about an hour
	@.venv/bin/parley evidence --out docs --record scenarios/data/evidence.json

answers: .venv/installed ## the answers that the pages Sweeps and Campaign have at once, some minutes
	@.venv/bin/python -m dashboard.data.ready_questions

classics: .venv/installed ## the table of classics in docs/classics.md and their pictures, some minutes
	@.venv/bin/python -m sim.document_tables docs/classics.md
	@.venv/bin/python -m sim.classics.pictures

map: .venv/installed-map ## the shapes of the world map, from COUNTRIES=... and DISPUTED=... (docs/supply.md)
	@.venv/bin/python -m dashboard.data.geometry "$(COUNTRIES)" "$(DISPUTED)" dashboard/assets/topojson

bench: .venv/installed ## how many times faster than a tuned peer in plain Mesa, some minutes (BENCH="worlds sweep --turns 9")
	@.venv/bin/python -m benchmarks.ratios $(BENCH)

bench-sweeps: .venv/installed-test ## the memory of a million runs, and what Dask adds to processes; a quarter of an hour
	@.venv/bin/python -m benchmarks.sweeps $(BENCH)

bench-dashboard: .venv/installed-test ## what visitors of the dashboard wait for, one in a browser, thirty at once, and beside a hostile one; some minutes
	@.ci/chromium install >/dev/null
	@.venv/bin/python -m benchmarks.dashboard
	@.venv/bin/python -m benchmarks.visitors
	@.venv/bin/python -m benchmarks.hostile
	@.venv/bin/python -m benchmarks.classroom

pins: .venv/installed-supply ## pin the packages anew after a change of pyproject.toml; all in their newest versions with UPGRADE=--upgrade
	@.venv/bin/python .ci/pins $(UPGRADE)

release: .venv/installed-test sbom ## the wheel, the sources, the bill of materials and hashes, in dist/
	@.venv/bin/python -m build --no-isolation --outdir dist . >/dev/null
	@.venv/bin/python -m pip hash dist/parley-$(VERSION)-* dist/parley-$(VERSION).tar.gz | tee dist/hashes.txt

sbom: .venv/installed-supply .venv-release/installed ## the packages that a release runs with, and their licences, in dist/ (CycloneDX)
	@mkdir -p dist
	@.venv/bin/cyclonedx-py environment .venv-release --pyproject pyproject.toml --output-reproducible \
		--output-file dist/parley-$(VERSION).cdx.json

audit: .venv/installed-supply ## known weaknesses of the pinned packages; asks a public database
	@.venv/bin/pip-audit --disable-pip --require-hashes $(PINS:%=--requirement %)

clean: ## remove the environments and everything generated
	rm -rf .venv .venv-* build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: pyproject.toml $(PINS)
	@.ci/environment .venv
	@touch $@

# The tests need the compiled model, which takes half a minute of one processor, and so does this installation.
.venv/installed-test: .venv/installed
	@.venv/bin/python -c "import sim; sim.run(replicates=1)" & .ci/environment .venv test && wait
	@touch $@

.venv/installed-%: .venv/installed
	@.ci/environment .venv $*
	@touch $@

.venv-release/installed: pyproject.toml $(PINS)
	@.ci/environment .venv-release
	@touch $@

.venv-%/installed: pyproject.toml $(PINS)
	@PYTHON=python$* .ci/environment .venv-$* test
	@touch $@
