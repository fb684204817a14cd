# Everything one does with the repository. `make` alone says what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
LINT_VERSION := v2.15.0
LINT := .cache/bin/golangci-lint
# How long each fuzz target runs.
FUZZ_TIME ?= 10s

export GOTOOLCHAIN ?= local
export CGO_ENABLED := 1

.PHONY: help setup build demo test lint bench fuzz verify clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages that are missing, where permitted
	@scripts/system-packages.sh

build: ## bin/kith, with Go and a C compiler alone
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/kith ./cmd/kith

demo: setup build ## a synthetic shop from raw log to customer figures
	bin/kith demo

test: setup ## all tests with the race detector
	go test -race -timeout 15m ./...

$(LINT):
	GOBIN="$(CURDIR)/.cache/bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

lint: setup $(LINT) ## every linter but those with a reason against, see .golangci.yml
	$(LINT) run ./...

bench: ## speed against a reference in the same run, one line each
	@scripts/bench.sh

fuzz: ## every fuzz target for FUZZ_TIME (10s)
	@scripts/fuzz.sh $(FUZZ_TIME)

verify: setup ## what a change has to pass: modules, format, generated files, lint, tests
	go mod verify
	go mod tidy -diff
	@scripts/format-check.sh
	@scripts/generated-check.sh
	$(MAKE) lint
	$(MAKE) test

clean: ## take away what was made
	rm -rf bin target kith-demo .cache
