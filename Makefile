# The commands of the house. `make` alone lists them.

# The system's own Python where it is new enough: distributions build it with profiles, and the tests
# take a fifth less than with one compiled by a version manager. PYTHON= chooses another.
SYSTEMS := /usr/bin/python3
PYTHON ?= $(shell $(SYSTEMS) -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $(SYSTEMS) || echo python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input

.DEFAULT_GOAL := help
.PHONY: help run test bench lint format messages machine runtime tools

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: runtime ## start the demo partnership on http://127.0.0.1:8000 (PORT= moves it)
	@exec env PORT=$(PORT) DJANGO_SETTINGS_MODULE=partnership.settings.demo $(BIN)/python manage.py run_demo

test: tools ## everything: lint, types, catalogues, migrations, tests, browser journeys
	@$(BIN)/python -m tests.tools.everything

bench: tools ## the full volumes; the figures go to tests/bench/RESULTS.md
	@$(BIN)/python -m tests.tools.benchmarks

lint: tools ## only the checks of style, types, catalogues and migrations
	@$(BIN)/python -m tests.tools.everything --lint-only

format: tools ## put Python and templates into the house's format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@git ls-files -z --cached --others --exclude-standard -- '*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

messages: tools ## bring both message catalogues up to date and compile them
	@$(BIN)/python -m tests.tools.catalogues update

# One clear line when the machine lacks the tools; otherwise an empty virtual environment.
machine:
	@missing=; \
	if ! command -v $(PYTHON) >/dev/null 2>&1; then missing="python3 (3.11 or newer)"; \
	elif ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		missing="python3 in version 3.11 or newer (this one is $$($(PYTHON) -V 2>&1))"; \
	elif ! $(PYTHON) -c 'import ensurepip, venv' >/dev/null 2>&1; then missing="python3-venv"; fi; \
	if [ -n "$$missing" ]; then echo "Missing on this machine: $$missing"; exit 1; fi
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)

# Installs only when the list differs from the one installed last.
runtime: machine
	@cmp -s requirements.txt $(VENV)/installed.txt || { \
		echo "Installing what requirements.txt names (once, a minute or two)"; \
		$(PIP) install -r requirements.txt && cp requirements.txt $(VENV)/installed.txt; }

tools: runtime
	@cat requirements.txt requirements-dev.txt | cmp -s - $(VENV)/installed-dev.txt || { \
		echo "Installing what requirements-dev.txt names (once, a minute or two)"; \
		$(PIP) install -r requirements-dev.txt && \
		cat requirements.txt requirements-dev.txt > $(VENV)/installed-dev.txt; }
