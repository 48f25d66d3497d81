# The everyday commands. Each installs what it needs (libyaml, libedit) on Debian if it is missing.

SWIFT ?= swift
PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
DOCUMENTATION = Documentation/Package.swift Documentation/Sources/catalog Documentation/Sources/Gatewalk/Gatewalk.swift
# What libedit needs where nothing is loaded at run time, in this order.
STATIC_LIBRARIES = -Xlinker -ledit -Xlinker -lbsd -Xlinker -lmd -Xlinker -ltinfo

.PHONY: demo test build release man install docs format lint bench clean

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

# The manual page, .build/man/gatewalk.1: man -l .build/man/gatewalk.1
man: build
	mkdir -p .build/man
	scripts/manual .build/debug/gatewalk > .build/man/gatewalk.1

# The documentation as a site, .build/site, with the API of every part; dead links are errors.
docs: deps
	scripts/site

# The program, its manual page, completions for three shells, and the lessons.
install: release
	install -D .build/release/gatewalk $(DESTDIR)$(PREFIX)/bin/gatewalk
	mkdir -p .build/man $(SHARE)/man/man1 $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions \
	  $(SHARE)/fish/vendor_completions.d
	scripts/manual .build/release/gatewalk > .build/man/gatewalk.1
	install -m 644 .build/man/gatewalk.1 $(SHARE)/man/man1/gatewalk.1
	.build/release/gatewalk --generate-completion-script bash > $(SHARE)/bash-completion/completions/gatewalk
	.build/release/gatewalk --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_gatewalk
	.build/release/gatewalk --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/gatewalk.fish
	mkdir -p $(DESTDIR)$(PREFIX)/share/gatewalk
	rm -rf $(DESTDIR)$(PREFIX)/share/gatewalk/Lessons
	cp -R Lessons $(DESTDIR)$(PREFIX)/share/gatewalk/Lessons

format:
	$(SWIFT) format -i -r Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources/bench $(DOCUMENTATION)

lint:
	$(SWIFT) format lint -r --strict Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources/bench $(DOCUMENTATION)

# Medians as JSON; see Benchmarks/README.md.
bench: release
	cd Benchmarks && $(SWIFT) run -c release bench

deps:
	@scripts/dependencies

clean:
	rm -rf .build Benchmarks/.build Documentation/.build

.PHONY: deps
