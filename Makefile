# Two commands are enough: `make setup` once, `make run` to see the site. See CONTRIBUTING.md.
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench audit lock messages setup-ocr stop

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && echo $$p && break; done)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

STATIC_SOURCES := $(shell find static -type f -not -path 'static/vendor/*' 2>/dev/null)

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/runtime.stamp .data/static.stamp ## make .venv, install the locked packages, build the front end
	@$(BIN)/python -m config.compile_messages

run: setup ## serve the site on http://127.0.0.1:8000 (PORT=8001 changes it)
	@exec env $(if $(PORT),PORT=$(PORT)) $(BIN)/python -m config.supervisor --end-with-parent

stop: ## stop the embedded PostgreSQL of this folder
	@$(BIN)/python -m config.embedded_postgres stop

test: setup .venv/dev.stamp ## run all tests
	@PYTHON=$(BIN)/python sh config/run_tests.sh

check: .venv/runtime.stamp .venv/dev.stamp ## format, lint, types, import contracts, missing migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: setup .venv-bench/bench.stamp ## measure speed and memory beside peers (SIZES="0 10000 1000000")
	$(BIN)/python -m config.bench $(SIZES) --datasette .venv-bench/bin/datasette

audit: .venv/dev.stamp ## look for known holes in the locked packages (needs the network)
	$(BIN)/pip-audit --require-hashes -r requirements.txt

messages: .venv/runtime.stamp ## list texts without an English translation
	$(BIN)/python -m config.find_untranslated

lock: ## write the locked requirements anew (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --python-version 3.11 requirements-ocr.in -o requirements-ocr.txt
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --python-version 3.11 requirements-bench.in -o requirements-bench.txt

setup-ocr: .venv/runtime.stamp ## add reading of scanned pages (about 130 MB)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-ocr.txt

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Name one: make setup PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime.stamp: requirements.txt | .venv/bin/python
	@echo "installing the locked packages (a minute the first time) …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt 2> .venv/pip.log || { tail -20 .venv/pip.log; exit 1; }
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/runtime.stamp
	@echo "installing what tests and checks need …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt 2> .venv/pip.log || { tail -20 .venv/pip.log; exit 1; }
	@touch $@

.data/vendor.stamp: .venv/runtime.stamp package.json package-lock.json $(wildcard config/frontend/*)
	@mkdir -p .data
	@$(BIN)/python -m config.frontend.build
	@touch $@

.data/static.stamp: .data/vendor.stamp $(STATIC_SOURCES)
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

.venv-bench/bench.stamp: requirements-bench.txt | .venv/bin/python
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --require-hashes -r requirements-bench.txt 2> .venv-bench/pip.log || { tail -20 .venv-bench/pip.log; exit 1; }
	@touch $@
