# `make help` lists the targets. Everything runs in .venv, which is made from the locks, each package by its hash.
PYTHON ?= python3
LAB ?= ../shared/container-lab
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
UV_LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-config --no-header --no-annotate

FIND_CHROMIUM = test -n "$$CHROMIUM$$(which chromium chromium-browser google-chrome google-chrome-stable chrome)" || \
	{ echo "no Chromium: apt-get install chromium, or make $@ CHROMIUM=/path/to/one" >&2; exit 1; }

BENCH_VENVS = build/bench-mitmproxy build/bench-fastapi

.DEFAULT_GOAL := help
.PHONY: help run test lint bench judge compare-wire bench-facts bench-rules bench-pixels bench-causes bench-turns test-container test-browser test-upstreams report calibration strangers docs screenshots lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## the demo on 127.0.0.1:8400, its page on :8401; UPSTREAM=http://host:port for a server of your own
ifdef UPSTREAM
	@$(BIN)/why400 serve --upstream $(UPSTREAM)
else
	@$(BIN)/why400 demo
endif

test: $(VENV)/.dev ## everything that needs no container, with real sockets and the real demo model
	$(BIN)/pytest -n 2 -m "not container and not browser and not faults and not upstreams and not mutants"

judge: $(VENV)/.dev ## how far off the pixels are that a model gets after fixes, by kind of picture, libvips as the judge
	@PYTHONPATH=tests $(BIN)/python -m gallery.report

docs: $(VENV)/.dev ## renew what is generated in docs/
	$(BIN)/python tools/rules_reference.py
	$(BIN)/python tools/limits_table.py
	$(BIN)/python tools/operations_tables.py

lint: $(VENV)/.dev ## style, types, and the laws of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-container: $(VENV)/.dev ## the image and the compose file, built and run; LAB= says where the container lab is
	LAB=$(LAB) $(BIN)/pytest -m container tests/container

test-browser: $(VENV)/.dev ## the page in a real Chromium, in front of the real demo model; CHROMIUM= names one
	@$(FIND_CHROMIUM)
	$(BIN)/pytest -m browser tests/browser

test-upstreams: $(VENV)/.dev ## real model servers, 500 kinds of mistakes, and presets before their servers; ALL=1 takes also those slow to install
	ALL=$(ALL) $(BIN)/pytest -m upstreams tests/upstreams

report: $(VENV)/.dev ## the figures of the diagnosis on real model servers; ALL=1 for all of them, FRESH=1 for mistakes it never met
	@ALL=$(ALL) PYTHONPATH=tests $(BIN)/python -m upstreams.report $(if $(FRESH),--fresh)

calibration: $(VENV)/.dev ## how sure the diagnosis is, and how right, on mistakes it was not made with: SET=second to seventh; ALL=1
	@ALL=$(ALL) PYTHONPATH=tests $(BIN)/python -m upstreams.calibration $(or $(SET),seventh)

strangers: $(VENV)/.dev ## what probe makes of servers that it was not made with: requests, what it says rightly, what its rules save and harm: LOT=first, second … or sixth
	@PYTHONPATH=tests $(BIN)/python -m upstreams.strangers $(or $(LOT),sixth)

screenshots: $(VENV)/.dev ## every page on small and wide screens, light and dark, into build/screenshots
	@$(FIND_CHROMIUM)
	PYTHONPATH=tests $(BIN)/python -m browser.screenshots

test-faults: $(VENV)/.dev ## kill the worker, the parent and all of them under load, 20 times each: no refusal is lost
	$(BIN)/pytest -m faults tests/faults

compare-wire: $(VENV)/.dev ## the table of raw requests and odd upstreams against us, nginx and haproxy; who is right
	@which haproxy nginx >/dev/null || echo "not all of haproxy and nginx are installed: apt-get install haproxy nginx-light" >&2
	@PYTHONPATH=tests $(BIN)/python -m raw.compare $(if $(ALL),--all)

bench-facts: $(VENV)/.dev ## how long a look, a review and a diagnosis take, beside Pillow, libvips, and json with base64
	$(BIN)/python bench/facts.py

bench-pixels: $(VENV)/.dev ## how long fixes work on pixels, beside plain Pillow and libvips
	$(BIN)/python bench/pixels.py

bench-rules: $(VENV)/.dev ## how long rules take to load, and what 500 of them add to a request
	$(BIN)/python bench/rules.py

bench-causes: $(VENV)/.dev ## how long the diagnosis takes, and its record, of a refused request for every cause
	$(BIN)/python bench/diagnoses.py

bench-turns: $(VENV)/.dev ## how long one turn of a worker's event loop takes under each attack; WHY="words" for what took it
	@PYTHONPATH=tests $(BIN)/python -m attacks.turns $(if $(WHY),--why $(WHY))

bench: $(VENV)/.dev $(BENCH_VENVS) ## CPU, time and memory beside haproxy, nginx, mitmproxy and what people write, in one run
	@which haproxy nginx >/dev/null || echo "not all of haproxy and nginx are installed: apt-get install haproxy nginx-light" >&2
	$(BIN)/python bench/run.py

build/bench-mitmproxy: PACKAGES = mitmproxy pillow
build/bench-fastapi: PACKAGES = fastapi uvicorn httpx pillow
$(BENCH_VENVS): | $(VENV)/bin/python
	@$(PYTHON) -m venv $@ && $@/bin/python -m pip --quiet --disable-pip-version-check install $(PACKAGES) || \
	  { rm -rf $@; echo "$(PACKAGES) cannot be installed here; the bench leaves it out" >&2; }

lock: ## pin all requirements again (needs uv)
	printf 'hatchling>=1.27\neditables\n' | $(UV_LOCK) - -o requirements-build.lock
	$(UV_LOCK) pyproject.toml -o requirements.lock
	$(UV_LOCK) pyproject.toml --extra demo -c requirements.lock -o requirements-demo.lock
	$(UV_LOCK) pyproject.toml --extra demo --group dev -c requirements-demo.lock -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "why400 needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) -V 2>&1); try make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "$(PYTHON) cannot make a venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "making $(VENV): the first time takes half a minute" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements-demo.lock requirements-build.lock
	@$(PIP) install --require-hashes -r requirements-demo.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
