# The everyday commands. Each installs what it needs (libyaml, libedit) on Debian if it is missing.

SWIFT ?= swift
PREFIX ?= /usr/local
# What libedit needs where nothing is loaded at run time, in this order.
STATIC_LIBRARIES = -Xlinker -ledit -Xlinker -lbsd -Xlinker -lmd -Xlinker -ltinfo

.PHONY: demo test build release install format lint bench clean

# Sets everything up and answers a first question about a shipped example.
demo: build
	@echo
	$(SWIFT) run -q --skip-build gatewalk trace 'tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3' -f Scenarios/seed/pre-dnat

# All tests, the recorded truth and the session in a terminal included.
test:
	@scripts/dependencies test
	$(SWIFT) build --build-tests
	$(SWIFT) test --disable-xctest --skip-build

build: deps
	$(SWIFT) build --product gatewalk

# One binary with everything inside, the C library too: .build/release/gatewalk. Nothing is left to be found, linked and
# moved when it starts, which takes half of the time that the same program takes as a position-independent one.
release: deps
	$(SWIFT) build -c release --static-swift-stdlib -Xswiftc -static-executable $(STATIC_LIBRARIES) --product gatewalk
	strip .build/release/gatewalk

install: release
	install -D .build/release/gatewalk $(DESTDIR)$(PREFIX)/bin/gatewalk
	mkdir -p $(DESTDIR)$(PREFIX)/share/gatewalk
	rm -rf $(DESTDIR)$(PREFIX)/share/gatewalk/Lessons
	cp -R Lessons $(DESTDIR)$(PREFIX)/share/gatewalk/Lessons

format:
	$(SWIFT) format -i -r Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources/bench

lint:
	$(SWIFT) format lint -r --strict Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources/bench

# Medians as JSON; see Benchmarks/README.md.
bench: release
	cd Benchmarks && $(SWIFT) run -c release bench

deps:
	@scripts/dependencies

clean:
	rm -rf .build Benchmarks/.build

.PHONY: deps
