# Signalbox: two commands do everything. `make run` starts it, `make test` runs what CI runs.
SHELL := /bin/bash
.DELETE_ON_ERROR:

# Debian packages, by what needs them; libcurl4 and libncurses6 are what the Swift toolchain's own programs load.
BUILD_PACKAGES := ca-certificates git libcurl4 libncurses6 libsqlite3-dev esbuild nodejs node-typescript node-react node-react-dom \
	node-d3-scale node-d3-shape
TEST_PACKAGES := python3 python3-venv chromium chromium-driver
BENCH_PACKAGES := binutils nginx-light wrk nghttp2-client python3 python3-venv

# One configuration everywhere: what is tested is what ships. Test builds use no @testable imports, so that building
# the tests does not compile everything a second time.
SWIFT_FLAGS := -c release
VENV := .venv/bin
# Clients of other gateways need older generations of openai and anthropic, so they have an environment of their own.
CLIENTS := .venv/gateway-clients

.PHONY: help run build web test test-web test-unit test-blackbox fuzz bench bench-peers soak soak-faults bench-statistics kill9 clean

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: build ## Install what is missing, build, and serve on 127.0.0.1:8080
	@scripts/run

build: web ## Build the release binary
	@swift build $(SWIFT_FLAGS) --product signalbox

web: build-packages ## Check and bundle the web app
	@web/build.sh

test: test-web test-unit fuzz test-blackbox ## Everything that CI runs

test-unit: web ## Swift tests: pure parts, rooms, router, live sockets
	@swift test $(SWIFT_FLAGS) --disable-testable-imports

test-web: web ## Tests of the web app's own functions
	@web/test.sh

test-blackbox: build $(VENV)/ready $(CLIENTS)/ready ## The real binary against real SDKs and a real browser
	@$(VENV)/python -m pytest -q Tests/BlackBox
	@$(CLIENTS)/bin/python -m pytest -q Tests/BlackBox/gateway_clients

fuzz: ## Fuzz the byte loops for a short while
	@Fuzz/run $${FUZZ_SECONDS:-20}

$(VENV)/ready: Tests/BlackBox/requirements.txt | test-packages
	@python3 -m venv .venv
	@$(VENV)/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(CLIENTS)/ready: Tests/BlackBox/gateway_clients/requirements.txt $(VENV)/ready
	@python3 -m venv $(CLIENTS)
	@$(CLIENTS)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.PHONY: build-packages test-packages bench-packages
build-packages:
	@scripts/ensure-packages $(BUILD_PACKAGES)
test-packages:
	@scripts/ensure-packages $(TEST_PACKAGES)
bench-packages:
	@scripts/ensure-packages $(BENCH_PACKAGES)

bench: build bench-packages ## Measure against nginx, direct and installed peers; writes docs/benchmarks.md
	@python3 Benchmarks/run.py $(MEASURE)

bench-peers: bench-packages ## Install LiteLLM's proxy and TensorZero's gateway from PyPI, to compare with
	@sh Benchmarks/peers.sh

soak: build bench-packages ## Ten minutes at full load, every message different
	@python3 Benchmarks/run.py soak --soak-seconds $(or $(SECONDS_LONG),600)

soak-faults: build ## Half an hour at 70 % load with failing providers: nothing lost, stuck or miscounted
	@python3 Benchmarks/run.py soak-faults --soak-seconds $(or $(SECONDS_LONG),1800)

bench-statistics: ## Time the statistics on one core
	@Benchmarks/statistics/run

kill9: build ## 100 times kill -9 under load: every answered request is found, each once
	@python3 Benchmarks/kill9.py $(or $(N),100)

clean: ## Remove what was built (not the data folder)
	rm -rf .build .venv web/dist
