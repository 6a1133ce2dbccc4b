# Every target does all that it needs, from installing what is missing to the last line; none has to be called first.
RUN ?= results/latest
MINUTES ?=
# In CI a compiler warning is an error; at a user's, a newer compiler's new warning must not stop a measurement.
WERROR := $(if $(CI),ON,OFF)
JOBS := $(shell nproc)

# The measured build is one folder for all targets. Tests are added to it, so that they test what was measured.
configure = cmake --preset bench -DUNITCOST_TESTS=$(1) -DUNITCOST_WERROR=$(WERROR)
build = cmake --build --preset bench

.PHONY: help setup bench quick full report compare honesty test check format lock build-times clean
help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{ printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building, measuring, testing and checking need
	@scripts/bootstrap all

bench: ## measure this machine, judge the claims and write the report (about 10 minutes)
	@scripts/measure standard
quick: ## a preview in 90 seconds
	@scripts/measure quick
full: ## more rounds and denser sweeps, for print
	@scripts/measure full

report: ## write the report of one run again: make report RUN=results/...
	@scripts/bootstrap bench
	@$(call configure,OFF)
	@$(build) --target unitcost
	build/bench/unitcost report "$(RUN)"

compare: ## compare two runs or sides of runs: make compare A=results/... B=results/... [REPORT=folder of a page]
	@scripts/bootstrap bench
	@$(call configure,OFF)
	@$(build) --target unitcost
	build/bench/unitcost compare "$(A)" "$(B)" $(if $(REPORT),--report "$(REPORT)")

honesty: ## show what duels are worth here: false alarms, planted delays, a load; hours, and goes on where it stopped (MINUTES=60)
	@scripts/bootstrap bench
	@$(call configure,OFF)
	@$(build)
	@$(build) --target planted
	build/bench/unitcost honesty $(if $(MINUTES),--minutes $(MINUTES))

# Both runners run even if the first one fails; the last line is a runner's count.
test: ## build and run all tests
	@scripts/bootstrap test
	@$(call configure,ON)
	@$(build)
	@status=0; \
	ctest --test-dir build/bench --no-tests=error --output-on-failure -j $(JOBS) || status=1; \
	.venv/bin/python -m pytest tests || status=1; \
	exit $$status

check: ## run the lints
	@scripts/bootstrap check
	@scripts/check

format: ## lay out C++ and Python
	@scripts/bootstrap bench
	@git ls-files -z --cached --others --exclude-standard '*.cpp' '*.hpp' | xargs -0 -r .venv/bin/clang-format -i
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format --quiet .

lock: ## choose the newest Python packages that scripts/requirements.in allows
	@scripts/lock

build-times: ## time a clean build, and one after a benchmark was touched
	@scripts/bootstrap bench
	@scripts/build-times

clean: ## delete what was built; results, reports and .venv stay
	rm -rf build
