# leimu: what people and machines run. 'make test' needs Go, make and git.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
# gin's msgpack is not used, and is 9 MB of the program.
TAGS = nomsgpack

.PHONY: run build test check race bench tune screenshots browser clean

run: ## serve on :8080
	go run ./cmd/leimu serve

build: ## bin/leimu, small and static
	CGO_ENABLED=0 go build -trimpath -tags $(TAGS) -ldflags='-s -w' -o bin/leimu ./cmd/leimu

test: check browser race ## everything that must hold

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

screenshots: browser ## pictures of the page for the README
	mkdir -p docs/screenshots
	LEIMU_SCREENSHOTS=$(CURDIR)/docs/screenshots go test -count=1 -run TestScreenshots ./api

# What the page is tested in. Where neither can be had, those tests skip and say so.
browser:
	@if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk || echo 'no Chromium: the tests of the page in a browser are left out'; \
		else echo 'no Chromium (apt-get install chromium fonts-noto-cjk): the tests of the page in a browser are left out'; fi; fi
	@if [ -d api/testdata/axe/node_modules/axe-core ]; then :; elif command -v npm >/dev/null; then \
		npm ci --prefix api/testdata/axe --no-audit --no-fund || echo 'no axe-core: its test is left out'; \
	else echo 'no npm: the test by axe-core is left out'; fi

clean:
	rm -rf bin
