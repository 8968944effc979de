# The two commands that a newcomer needs are `go run ./cmd/kith demo` and
# `make test`. Everything else is for those who change kith.

GO      ?= go
TIMEOUT ?= 20m
RUNNER  := $(GO) tool gotestsum --format pkgname-and-test-fails
# Packages in which goroutines share data.
RACED   := ./pipeline/... ./store/... ./serve/...

.PHONY: test lint unit race tools score bench build

# test installs what the tests need, then checks and runs all of them.
test: tools lint race unit

lint:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt these files:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

unit:
	$(RUNNER) -- -timeout $(TIMEOUT) ./...

race:
	$(RUNNER) -- -timeout $(TIMEOUT) -race -short $(RACED)

# tools installs Debian's packages that tests use, where they are missing.
tools:
	@sh scripts/tools.sh

build:
	$(GO) build -trimpath -ldflags=-s -o build/kith ./cmd/kith

# score repeats every figure under scores/; it needs ../shared.
score:
	sh scripts/score.sh

# bench repeats the speed figures and, where they are installed, the peers'.
bench:
	sh scripts/bench.sh
