# A bare clone, Python 3.11 or later and the package registry are all that is needed: `make run`.
# Works with GNU make 3.81 (macOS) and in a folder whose name has spaces: hence only relative paths.

PYTHON ?=
ARGS ?=

# A variable of the caller's shell must not send the packages elsewhere, nor let other packages in, nor make every start
# compile all modules anew, which takes longer than the start itself.
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PYTHONDONTWRITEBYTECODE
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# What .venv was made from. It also names the folder: a .venv does not survive being moved.
STATE := pwd -P; cksum requirements.lock pyproject.toml
STALE := $(shell [ -x .venv/bin/python ] && [ "$$($(STATE))" = "$$(cat .venv/made-from 2>/dev/null)" ] || echo stale)

.DEFAULT_GOAL := help
.PHONY: help install run test simulate bench lint lock stale

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: .venv/made-from ## Make .venv with exactly the packages of requirements.lock
	@echo "Everything is installed in .venv; next: make run"

run: .venv/made-from ## Start Prasan; settings are PRASAN_* variables, for example PRASAN_PORT=8001
	@exec .venv/bin/prasan serve

test: .venv/made-from ## Run the tests on every core; options in ARGS="-k referral"
	@exec .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

simulate: .venv/made-from ## Play a province while everything goes wrong; ARGS="--seed 7 --seeds 20 --hours 6"
	@exec .venv/bin/python -m tests.simulation $(ARGS)

bench: .venv/made-from ## Measure the running service against the floor; ARGS="--quick" for a minute
	@exec .venv/bin/python -m benchmarks $(ARGS)

lint: .venv/made-from ## Check format, style, types, the law of imports and the dependencies
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m ruff check .
	.venv/bin/python -m mypy
	.venv/bin/lint-imports
	.venv/bin/python -m deptry .
	.venv/bin/python -m pip check

lock: export PATH := .venv/bin:$(PATH)
lock: ## Renew the lock files from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { $(call say,make lock needs uv: install it (pipx install uv)$(comma) then run make lock again.); exit 1; }
	$(compile) --extra dev pyproject.toml --output-file requirements.lock
	$(compile) --constraint requirements.lock --group browser --output-file requirements-browser.lock

# A .venv cut short is repaired: pip finishes what it finds begun, and a .venv whose pip is broken is made anew. Nothing is
# compiled or fetched beside the lock: wheels only.
# The last step but one makes the way from .venv to this folder relative: with LC_ALL=C, Python fails to start on a .pth
# file that holds Thai letters.
.venv/made-from: $(STALE)
	@moved=$$(sed -n 's/^made-in = //p' .venv/pyvenv.cfg 2>/dev/null); \
	if [ "$${moved:-$$(pwd -P)}" != "$$(pwd -P)" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then \
		$(find-python); \
		echo "Making .venv with $$("$$python" --version) ..."; \
		"$$python" -m venv --clear .venv || { $(call say,.venv could not be made: free some space or make this folder writable$(comma) then run make again.); exit 1; }; \
		echo "made-in = $$(pwd -P)" >> .venv/pyvenv.cfg; \
	fi
	@grep -qxF "$$(cksum requirements.lock)" .venv/made-from 2>/dev/null || { \
		rm -f .venv/made-from; \
		echo "Installing the packages of requirements.lock (the first time: about 170 MB) ..."; \
		.venv/bin/python -m pip install --no-compile --require-hashes --only-binary :all: --requirement requirements.lock || \
			{ $(call say,The packages could not be installed (the reason stands above): check the connection to your Python package registry$(comma) then run make again.); exit 1; }; \
		cksum requirements.lock > .venv/made-from; \
	}
	@echo "Installing Prasan itself ..."
	@.venv/bin/python -m pip install --quiet --no-index --no-build-isolation --no-deps --editable . || \
		{ $(call say,Prasan itself could not be installed (the reason stands above): mend pyproject.toml$(comma) then run make again.); exit 1; }
	@for path in .venv/lib/python*/site-packages/__editable__.prasan-*.pth; do echo ../../../.. > "$$path"; done
	@{ $(STATE); } > .venv/made-from

stale:

compile := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras

comma := ,
say = echo "Prasan: $(1)" >&2

# Sets the shell variable `python` to the first that is new enough and can make a .venv, or ends with a sentence.
define find-python
python=; old=; bare=; \
for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3.14 python3 python); do \
	"$$candidate" -c '' >/dev/null 2>&1 || continue; \
	if ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then old=$$candidate; continue; fi; \
	if ! "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then bare=$$candidate; continue; fi; \
	python=$$candidate; break; \
done; \
if [ -n "$$python" ]; then :; \
elif [ -n "$$bare" ]; then \
	$(call say,$$bare comes without the module venv: install it (on Debian and Ubuntu: sudo apt install python3-venv)$(comma) then run make again.); exit 1; \
else \
	$(call say,Python 3.11 or later is needed$${old:+ and $$old is $$("$$old" --version 2>&1)}: install it or name it (make run PYTHON=/path/to/python3.12)$(comma) then run make again.); exit 1; \
fi
endef
