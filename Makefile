# Everything one does with the repository. `make` alone says what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
LINT_VERSION := v2.15.0
LINT := .cache/bin/golangci-lint
# Where dbt is, for the parity tests alone; made when it is not there.
PARITY_VENV ?= .cache/parity-venv
# Without what a debugger wants, the test binaries with the engine in them link in a third less time.
TEST_LDFLAGS := -ldflags '-s -w'
# How long each fuzz target runs.
FUZZ_TIME ?= 10s
# Worlds that the truth is looked for in.
TRUTH_SEEDS ?= 100

export GOTOOLCHAIN ?= local
export CGO_ENABLED := 1

.PHONY: help setup build web browser screens demo test lint bench bench-server bench-large truth fuzz parity parity-goldens verify clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages that are missing, where permitted
	@scripts/system-packages.sh

build: ## bin/kith, with Go and a C compiler alone
	@scripts/system-packages.sh build
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/kith ./cmd/kith

web: ## the web app, for `make build` to put into the binary; needs Node 20
	@scripts/web.sh build

browser: ## the app in Chromium against the binary, on a synthetic shop and a sales log
	@if command -v node >/dev/null; then $(MAKE) web build && scripts/web.sh browser; fi

screens: web build ## docs/screens, from a synthetic shop
	@scripts/web.sh screens

demo: build ## a synthetic shop from raw log to customer figures, served until Ctrl-C; KITH_DEMO_NO_SERVE=1 ends before
	bin/kith demo --serve

test: setup ## all tests; those of the packages with the race detector
	go test -race $(TEST_LDFLAGS) -timeout 15m $$(go list ./... | grep -vE '/test(/parity)?$$')
	@# Processes of their own do the work here, which the race detector does not see. They are of a binary
	@# that is built as `make build` does, so that nothing is compiled twice.
	go test -trimpath $(TEST_LDFLAGS) -timeout 15m ./test ./test/parity
	@scripts/web.sh test
	$(MAKE) browser

$(LINT):
	GOBIN="$(CURDIR)/.cache/bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

lint: setup $(LINT) ## every linter but those with a reason against, see .golangci.yml
	$(LINT) run ./...
	@scripts/web.sh lint

bench: ## speed against a reference in the same run, one line each
	@scripts/bench.sh

truth: setup ## what the models find against what the generator knows, in TRUTH_SEEDS (100) worlds
	KITH_TRUTH_SEEDS=$(TRUTH_SEEDS) go test -count=1 -timeout 180m -run '^TestTruth' -v ./test

bench-server: ## answers of a server beside the same SQL, 16 readers, with and without a build; KITH_BENCH_WAREHOUSE names another warehouse
	KITH_BENCH=1 go test -count=1 -timeout 60m -run '^TestBenchServer' ./test -v | grep -oE 'bench: .*|FAIL.*'

bench-large: ## sixty million transactions, see docs/performance.md; ten minutes, 12 GB of memory, 30 GB of disk
	KITH_BENCH_LARGE=1 KITH_BENCH_TABLE="$(CURDIR)/docs/performance.md" go test -count=1 -timeout 180m -run '^TestBenchLarge$$' -v ./test

fuzz: ## every fuzz target for FUZZ_TIME (10s)
	@scripts/fuzz.sh $(FUZZ_TIME)

$(PARITY_VENV)/bin/dbt:
	python3 -m venv $(PARITY_VENV)
	$(PARITY_VENV)/bin/pip install --quiet --only-binary :all: dbt-core==1.12.0 dbt-duckdb==1.11.1 duckdb==1.5.5

parity: setup $(PARITY_VENV)/bin/dbt ## every project with dbt and with ours, compared; PARITY_DIR holds public ones
	PARITY_PYTHON="$(abspath $(PARITY_VENV))/bin/python" go test -count=1 -timeout 60m -parallel 2 -v ./test/parity

parity-goldens: setup $(PARITY_VENV)/bin/dbt ## the same, and dbt's answers are kept for `make test`
	PARITY_PYTHON="$(abspath $(PARITY_VENV))/bin/python" go test -count=1 -timeout 60m -parallel 2 ./test/parity -update

verify: setup ## what a change has to pass: modules, format, generated files, lint, tests
	go mod verify
	go mod tidy -diff
	@scripts/format-check.sh
	@scripts/generated-check.sh
	$(MAKE) lint
	$(MAKE) test

clean: ## take away what was made
	rm -rf bin target kith-demo .cache
