# Traguardo: `make run` is all that is needed. Everything here calls Python; nothing clever happens in this file.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format e2e bench screenshots lock clean environment environment-dev

PORT ?= 3000
PYTHON ?= python3
PY := .venv/bin/python

help: ## show this
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{printf "%-20s %s\n", $$1, $$2}'

run: environment ## start Traguardo with the demo company on 127.0.0.1 (PORT=3000)
	@exec $(PY) -m spm_app.cli serve --demo --port $(PORT)

setup: environment-dev ## create .venv with everything needed to work on the code

check: environment-dev ## format, lint, types, import contracts and the fast tests, on SQLite
	@$(PY) -m tests.gates check

test: environment-dev ## everything that CI asks: check, all tests on both databases, the browser
	@$(PY) -m tests.gates test

e2e: environment-dev ## the browser stories only
	@$(PY) -m tests.gates e2e

bench: environment-dev ## measure, and write docs/benchmarks.md
	@$(PY) -m tests.gates bench

screenshots: environment-dev ## take the pictures of docs/images again
	@$(PY) -m tests.gates screenshots

format: environment-dev ## let ruff format the code and mend what it can
	@$(PY) -m tests.gates format

lock: environment-dev ## write requirements/*.txt from requirements/*.in
	@$(PY) requirements/lock.py

clean: ## throw away what is built (.web); the environment and the data stay
	@rm -rf .web .pytest_cache .ruff_cache .import_linter_cache .coverage

environment:
	@$(PYTHON) requirements/install.py app

environment-dev:
	@$(PYTHON) requirements/install.py dev
