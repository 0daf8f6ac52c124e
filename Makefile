# Everything a checkout needs; `make` alone lists it. Only Python 3.11 or later, Git and make have to be there.
PYTHON ?= python3
AS_OF := 2026-11-20# the example archive's today, as in mkdocs.yml: the demonstration tells the same story every day
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test lint bench eval clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

site: .venv/site ## set everything up, check the archive, build the site
	$(BIN)/python hooks check postmortems --as-of $(AS_OF)
	$(BIN)/mkdocs build --strict --quiet
	@echo "the site is in site/; look at it with: make serve"

serve: .venv/site ## show the site and follow what is written
	$(BIN)/mkdocs serve

test: .venv/dev ## all tests, the fast ones first, and their coverage
	$(BIN)/python -m pytest --cov

lint: .venv/dev ## style, types, and the archive itself
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python hooks check postmortems --as-of $(AS_OF)

bench: .venv/dev ## whole-process times, beside the bare interpreter
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/history.py
	$(BIN)/python benchmarks/site.py
	$(BIN)/python benchmarks/full_text.py

eval: .venv/dev ## how well the blameless rules tell judgement from description, and `similar` finds what belongs together
	$(BIN)/python benchmarks/evaluate.py
	$(BIN)/python benchmarks/likeness.py

clean: ## remove what the above made
	rm -rf .venv site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*

# The stamps: nothing is installed again until the pins change.
.venv/site: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "hotwash: $(PYTHON) is not Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "setting up .venv (a minute, once)"
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements/site.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/site requirements/dev.txt
	$(PIP) -r requirements/dev.txt
	@touch $@
