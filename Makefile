# `make demo` to look, `make test` to check. Nothing is taken from the system but Python 3.11 to 3.13 and make.
# PORT=8001 another port · RESET=1 begin anew · T="-k 'circle and not slow'" some tests · UPGRADE=1 newer packages

PYTHON := .venv/bin/python
KRING := $(PYTHON) -m kring
PIP := $(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all:
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONPATH PYTHONHOME
check migrate docs test mutants: export KRING_MODE := test

.DEFAULT_GOAL := help
.PHONY: help demo run test check fix migrate docs deps bench bench-simulation mutants
.DELETE_ON_ERROR:

help:
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 26

demo: .venv/demo node_modules/.installed ## start everything with an invented region, and say where it is
	@KRING_MODE=demo KRING_LOG_LEVEL=$${KRING_LOG_LEVEL:-WARNING} exec $(KRING) demo $(if $(PORT),--port $(PORT)) $(if $(RESET),--reset)

run: .venv/dev node_modules/.installed ## as demo, and start the server again when code changes
	@KRING_MODE=demo KRING_LOG_LEVEL=$${KRING_LOG_LEVEL:-WARNING} exec $(KRING) demo --reload $(if $(PORT),--port $(PORT)) $(if $(RESET),--reset)

test: .venv/dev node_modules/.installed ## all tests, as the app role, in a database of their own
	@$(PYTHON) -m pytest $(T)

check: .venv/bench node_modules/.installed ## what CI runs: format, types, imports, migrations, docs, then all tests
	@ruff format --check .
	@ruff check .
	@mypy
	@lint-imports --no-logo
	@KRING_LOG_LEVEL=WARNING $(PYTHON) -W ignore::RuntimeWarning -m kring makemigrations --check --dry-run
	@$(PYTHON) -m benchmarks.region --families 300 --counts-only
	@$(PYTHON) -m pytest $(T)

fix: .venv/dev ## format, and mend what can be mended without thinking
	@ruff check --fix --quiet . ; ruff format .

migrate: .venv/dev ## write the migrations that the models ask for
	@$(KRING) makemigrations

docs: .venv/dev ## write the generated pages of docs/ again
	@$(PYTHON) -m config.documents

bench: .venv/dev ## a region of 100,000 families, measured; figures in docs/benchmarks.md
	@$(PYTHON) -m benchmarks.region $(if $(FAMILIES),--families $(FAMILIES))

bench-simulation: .venv/bench ## relay and network against peers and the floor; figures in docs/benchmarks-simulation.md
	@KRING_MODE=test $(PYTHON) -m benchmarks.simulation

mutants: .venv/dev ## break every policy, one at a time: the tests must notice
	@$(PYTHON) -m pytest -m mutant $(T)

# --- packages ----------------------------------------------------------------------------------------------------

define compile
	@cd requirements && uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make deps" $(if $(UPGRADE),--upgrade) $(patsubst %,-c %.txt,$(2)) $(1).in -o $(1).txt
endef
deps: .venv/dev ## write requirements/*.txt and package-lock.json from what is asked for
	$(call compile,base)
	$(call compile,demo,base)
	$(call compile,dev,demo)
	$(call compile,simulation,dev)
	$(call compile,bench,dev)
	$(call compile,node)
	@npm install --package-lock-only --silent

.venv/bin/python:
	@for python in $(KRING_PYTHON) python3.13 python3.12 python3.11 python3 python; do \
		$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue; \
		found=$$python; \
		$$python -c 'import venv, ensurepip' 2>/dev/null || continue; \
		echo "Making .venv with $$($$python --version)"; exec $$python -m venv --clear .venv; \
	done; \
	if [ -n "$$found" ]; then echo "$$found has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv)."; \
	else echo "Kring needs Python 3.11, 3.12 or 3.13: none was found. KRING_PYTHON=/path/to/python names another."; fi >&2; exit 1

.venv/demo: requirements/demo.txt | .venv/bin/python
	@echo "Installing what the demo needs"
	@$(PIP) -r $<
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/bench: requirements/bench.txt .venv/dev
	@echo "Installing what is measured against"
	@$(PIP) -r $<
	@touch $@

.venv/dev: requirements/dev.txt requirements/demo.txt | .venv/bin/python
	@echo "Installing what writing and checking needs"
	@$(PIP) -r $<
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@ .venv/demo

node_modules/.installed: package-lock.json .npmrc | .venv/bin/python
	@[ "$$(npm --version 2>/dev/null | cut -d. -f1)" -ge 9 ] 2>/dev/null || \
		{ echo "No npm of 9 or later here: taking Node.js from its Python package"; $(PIP) -r requirements/node.txt; }
	@echo "Installing style sheets"
	@npm ci --silent
	@touch $@
