# Needs Python 3.11 or newer and make, nothing else. `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# pip warns of much that harms nothing and would bury the result: what it says is shown only when it fails.
UNLESS_IT_FAILS := >.venv/pip.log 2>&1 || { cat .venv/pip.log >&2; exit 1; }
.DEFAULT_GOAL := setup
.PHONY: setup help dossier docs pictures test test-slow check lint types imports gate speed train-setup clean

setup: .venv/.package ## Build .venv/ from the locked requirements and install sayso into it

help: ## List the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# A stamp is written last, so an interrupted step is done again and a finished one is not.
.venv/.locked: requirements/run.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "sayso needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "Could not make .venv; on Debian and Ubuntu install python3-venv first." >&2; exit 1; }
	@echo "Installing the locked requirements into .venv/ (a minute or two) ..."
	@$(PIP) --no-deps --require-hashes -r requirements/run.txt -r requirements/dev.txt $(UNLESS_IT_FAILS)
	@touch $@

.venv/.package: .venv/.locked pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --no-index --editable . $(UNLESS_IT_FAILS)
	@touch $@

dossier: setup ## Read the bundled example and write dossier.html
	@$(BIN)/sayso dossier examples/harbour-fire/reports -o "$(CURDIR)/dossier.html" --case harbour-fire.case

test: setup ## Fast tests, under three minutes
	@$(BIN)/python -m pytest -m "not slow" -n auto

test-slow: setup ## Slow tests: whole runs, wheels, the browser
	@$(BIN)/python -m pytest -m slow

docs: setup ## Write the documentation as a site: build/docs/index.html
	@$(BIN)/python -m press

pictures: setup ## Take the documentation's pictures anew, from the running program (wants Chromium)
	@$(BIN)/python -m press.notebook
	@$(BIN)/python -m press.pictures

check: lint types imports ## Style, types, import law

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports

gate: setup ## Quality floors, over the evaluations in evals/
	@$(BIN)/python -m evals.gate

speed: setup ## Reports a second and core, beside the encoder alone
	@$(BIN)/python -m evals.speed

# Training wants some gigabytes of packages that nothing else wants. Every requirement is in the lock, so nothing is resolved.
train-setup: setup ## Add what training needs to .venv/
	@$(PIP) --no-deps --require-hashes -r requirements/train.txt $(UNLESS_IT_FAILS)

clean: ## Remove what was built
	@rm -rf .venv build dist dossier.html harbour-fire.case .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
