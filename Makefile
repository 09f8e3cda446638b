# leimu: what people and machines run. 'make test' needs Go, make and git.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
# gin's msgpack is not used, and is 9 MB of the program.
TAGS = nomsgpack

.PHONY: run build test check race bench tune screenshots clean

run: ## serve on :8080
	go run ./cmd/leimu serve

build: ## bin/leimu, small and static
	CGO_ENABLED=0 go build -trimpath -tags $(TAGS) -ldflags='-s -w' -o bin/leimu ./cmd/leimu

test: check race ## everything that must hold

check: ## form: gofmt, go vet, staticcheck, the knowledge
	@unformatted=$$(gofmt -l $$(find . -name '*.go' -not -path './.git/*')); \
	if [ -n "$$unformatted" ]; then echo "gofmt is to be run on:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...
	go run ./cmd/leimu catalog validate >/dev/null

# The race detector needs a C compiler; where there is none, tests run without.
race:
	@if [ "$$(go env CGO_ENABLED)" = 1 ]; then set -x; go test -race ./...; else set -x; go test ./...; fi

bench: ## what an answer costs
	go test -run '^$$' -bench . -benchmem ./...

tune: ## learn the ranker from the knowledge again
	go run ./cmd/tune

screenshots: ## pictures of the page for the README
	@echo 'no page yet'

clean:
	rm -rf bin
