# Parvis: two commands for whoever comes by (make run, make test), four for whoever works here (check, fuzz, bench, fmt).
# Go alone is needed for all but test, which installs what it lacks where it may.

export CGO_ENABLED ?= 0
export N           ?= 1000000
LISTEN ?= 127.0.0.1:8080
DATA   ?= data/demo

.PHONY: run build test check fuzz bench fmt clean

run: build            ## five demo territories on http://127.0.0.1:8080/
	exec bin/parvis demo --listen $(LISTEN) --data $(DATA)

build:                ## the program, bin/parvis
	go build -trimpath -o bin/parvis ./cmd/parvis

test:                 ## everything: both engines, race, pages, stories in the browser, small proofs (25 minutes at most)
	test/run

check:                ## the inner loop: format, vet, staticcheck, the house's rules, short tests (2 minutes when warm)
	test/check

fuzz:                 ## every fuzz target, a million executions each on one core (hours); make fuzz N=10000 for fewer
	test/fuzz

bench:                ## figures: the index, the store, pages, beside a peer in the same run
	go run ./cmd/bench

fmt:                  ## gofmt on everything
	gofmt -l -w *.go cmd internal packs test assets

clean:                ## what was built; never data
	rm -rf bin test/browser/results
