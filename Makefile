# Two commands: make start opens the course, make test passes the tests.
# Without make (Windows): see the README.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup start demo bench test test-unit test-long build check lint format clean

start: $(VENV)/.course
	$(BIN)/caselens start

setup: $(VENV)/.development

demo: $(VENV)/.development
	$(BIN)/caselens demo

bench: $(VENV)/.development
	$(BIN)/caselens bench

build: $(VENV)/.development
	$(BIN)/caselens build

check: $(VENV)/.development
	$(BIN)/caselens check
	$(BIN)/caselens build --compare

test: $(VENV)/.development
	$(BIN)/python -m pytest -m "not slow"
	$(BIN)/python -m pytest -q --nbval-lax course solutions

test-unit: $(VENV)/.development
	$(BIN)/python -m pytest -q -m "not slow and not thorough and not browser and not nbgrader"

test-long: $(VENV)/.development
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Caselens needs Python 3.11, 3.12 or 3.13. Install one and run: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make an environment. On Debian and Ubuntu: sudo apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.course: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

# One of the tools carries a small language model that runs on torch. Its build without
# graphics cards is a tenth of the size; where that cannot be had, the usual one comes.
CPU_TORCH := https://download.pytorch.org/whl/cpu

$(VENV)/.development: pyproject.toml src/caselens-keys/pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip show --quiet torch 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check torch --index-url $(CPU_TORCH) 2>/dev/null || \
	  echo "The small build of torch could not be had; the usual one is several gigabytes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[development]"
	@touch $@ $(VENV)/.course
