# Two commands matter: `make demo` and `make test`. Everything else is `huilian --help`.
VENV ?= .venv
PORT ?= 8000
PYTHON := $(VENV)/bin/python
HUILIAN := $(VENV)/bin/huilian
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet

# Where a machine forbids keeping bytecode, every process of the tests would compile the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

# Tests run in a shuffled order, the same for everybody, so that a fault can be had again; PYTEST= shuffles anew.
PYTEST ?= --randomly-seed=1

.PHONY: demo test parts catalogues test-sqlite test-browser test-postgres bench check lock clean

demo: $(VENV)/.ready
	$(HUILIAN) demo --serve --port $(PORT) $(OPTIONS)

# Everything at once, so that no core waits for another; all faults are shown, not only those of the first stage. The
# browser stands in one line, so it goes before; the others fill the cores beside it, and whichever ends last fills both.
test:
	@$(MAKE) --jobs --keep-going --output-sync=target --no-print-directory AFTER="nice -n 4" \
	  check test-sqlite test-browser test-postgres

parts:
	tests/tools/install_parts.sh

catalogues: $(VENV)/.ready-dev
	$(HUILIAN) messages compile

check: catalogues
	$(VENV)/bin/ruff check src tests demo benchmarks
	$(VENV)/bin/ruff format --check src tests demo benchmarks
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	$(HUILIAN) manage check
	$(HUILIAN) manage makemigrations --check --dry-run

test-sqlite: parts catalogues
	$(AFTER) $(PYTHON) -m pytest -n 2 --dist loadfile -m "not browser" $(PYTEST)

test-browser: parts catalogues
	$(PYTHON) -m pytest -m browser tests/browser $(PYTEST)

test-postgres: parts catalogues
	$(AFTER) $(PYTHON) tests/tools/with_postgres.py -- $(PYTHON) -m pytest -n 2 --dist loadfile -m "not browser" $(PYTEST)

bench: $(VENV)/.ready-dev
	$(PYTHON) -m benchmarks

$(VENV)/.ready: requirements/base.txt requirements/assets.txt pyproject.toml
	test -x $(PYTHON) || python3 -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/base.txt
	$(PIP) install --require-hashes --no-deps -r requirements/assets.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

# Remakes the lock from the .in files; needs pip-tools beside, and the network.
lock:
	cd requirements && for f in base dev spark assets; do \
	  pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate --no-emit-index-url \
	  --no-emit-find-links --no-emit-trusted-host --no-emit-options -o $$f.txt $$f.in; done; \
	  python3 keep_named.py assets.in assets.txt

clean:
	rm -rf $(VENV) var
