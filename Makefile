# make run: open the program.  make test: the whole check.
# Both make their own environment in .venv first; nothing is installed again until what it was made from changes.

BIN := .venv/bin
MADE_FROM := pyproject.toml hatch_build.py src/runbook/locale/ja.po

.PHONY: run test bench messages clean
.DELETE_ON_ERROR:

run: .venv/.run
	@exec $(BIN)/python -m runbook $(ARGS)

# What pytest makes of the tests is kept, also where Python is told to keep nothing: every process would make it anew.
test: .venv/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto

bench: .venv/.test
	@$(BIN)/python -m bench

# Collects the sentences of the source into the catalogue; new ones wait there, empty, for their Japanese.
messages: .venv/.test
	@$(BIN)/python -m tools.messages

clean:
	rm -rf .venv .bench-venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools bench -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

.venv/.run: $(MADE_FROM)
	@$(environment)
	@$(BIN)/python -m pip install $(QUIETLY) --editable '.[documents]' || { $(pip_failed); }
	@touch $@

.venv/.test: $(MADE_FROM)
	@$(environment)
	@$(BIN)/python -m pip install $(QUIETLY) --editable '.[dev]' || { $(pip_failed); }
	@touch $@ .venv/.run

QUIETLY := --quiet --disable-pip-version-check --no-input

pip_failed = echo "Installing failed; pip's reason is above. The first make needs the network, or a mirror in pip's settings." >&2; exit 1

# PYTHON=python3.12 make run: with that one. Otherwise the first of these that is new enough.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)

define environment
if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	for python in $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "The runbook needs Python 3.11 or newer (looked for: $(PYTHONS)): install it, or name it with make PYTHON=/path/to/python3." >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "$$python cannot make virtual environments: install its venv module (Debian, Ubuntu: sudo apt install python3-venv) and try again." >&2; \
		exit 1; \
	fi; \
	echo "Setting up .venv; this happens once and takes a minute." >&2; \
	"$$python" -m venv --clear .venv; \
fi
endef
