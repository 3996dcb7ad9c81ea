# Everything starts here; "make help" lists it. All that is needed is JDK 25, found by itself, and
# Maven.

.DEFAULT_GOAL := all
PREFIX ?= /usr/local
HOME_DIR := target/kleos-iam
LAUNCHER := $(HOME_DIR)/bin/kleos-iam
SHARE := $(HOME_DIR)/share
BENCH_LIBRARIES := target/bench
SOURCES := pom.xml LICENSE $(shell find src/main .mvn -type f)
VERSION := $(shell sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)
# "~" sorts before nothing: a snapshot is older than the version that it leads to.
DEB := target/kleos-iam_$(subst -,~,$(VERSION))_$(shell dpkg --print-architecture 2>/dev/null).deb
# The time of all files of a package: two builds of one commit differ by nothing that need not be.
TIME := $(shell sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' pom.xml)
MAINTAINER ?= The authors of kleos-iam <kleos-iam@authors.invalid>
ARCHIVE := target/kleos-iam-$(VERSION)-$(shell uname -s | tr A-Z a-z)-$(shell uname -m).tar.gz

# Goals that need no Java.
ifneq ($(filter-out help clean uninstall,$(or $(MAKECMDGOALS),all)),)
  override export JAVA_HOME := $(shell sh src/main/launcher/find-java)
  ifeq ($(JAVA_HOME),)
    $(error no JDK 25)
  endif
  ifeq ($(shell command -v mvn),)
    $(error Maven is missing: install the package "maven", or see https://maven.apache.org/install.html)
  endif
endif

# Without these options Maven's own libraries make a recent Java print warnings.
export MAVEN_OPTS := $(MAVEN_OPTS) -Djansi.noreset=true --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
MVN := mvn --batch-mode --quiet --no-transfer-progress -Dstyle.color=never

.PHONY: all test simulate fuzz conformance bench kills demo fmt goldens dist deb \
  reproducible clean-root install uninstall clean help

all: test ## check the format, lint, compile, build the launcher, run all tests

test: $(LAUNCHER) ## the same
	@echo "Testing; this takes some minutes."
	@rm -rf target/surefire-reports
	@$(MVN) test; status=$$?; sh src/test/sh/summary target/surefire-reports && exit $$status

simulate: ## networks, rivals and crashes from SEEDS=10000 seeds; SEED=1234: one, step by step
	@$(MVN) test-compile dependency:build-classpath@class-path-of-the-training
	@"$(JAVA_HOME)/bin/java" --add-opens java.base/java.lang=ALL-UNNAMED -XX:+UseParallelGC \
	  -cp "target/test-classes:target/classes:$$(cat target/distribution/test-class-path)" \
	  dev.kleos.iam.simulation.Simulate $(if $(SEED),seed $(SEED) $(VARIANT),$(or $(SEEDS),10000))

fuzz: ## INPUTS=100000 made to break what reads files and answers; TARGET=plan: of one kind
	@$(MVN) test-compile dependency:build-classpath@class-path-of-the-training
	@"$(JAVA_HOME)/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
	  -cp "target/test-classes:target/classes:$$(cat target/distribution/test-class-path)" \
	  dev.kleos.iam.fuzz.Fuzz $(or $(INPUTS),100000) $(TARGET)

conformance: $(LAUNCHER) ## the emulator against the real gcloud and Google's clients for Node
	@command -v gcloud >/dev/null || { echo "gcloud is missing: see https://cloud.google.com/sdk/docs/install" >&2; exit 1; }
	@sh src/test/sh/node-packages
	@rm -rf target/surefire-reports
	@$(MVN) test -Dtest='dev/kleos/iam/conformance/*Test'; status=$$?; sh src/test/sh/summary target/surefire-reports && exit $$status
	@sh src/test/sh/conformance-node $(LAUNCHER)

bench: $(LAUNCHER) $(BENCH_LIBRARIES) ## measure beside peers, as a Markdown table; ROWS=start,plan: a part
	@XDG_STATE_HOME="$(CURDIR)/target/state" "$(JAVA_HOME)/bin/java" src/test/bench/Bench.java $(LAUNCHER) $(BENCH_LIBRARIES) $(ROWS)

$(BENCH_LIBRARIES): pom.xml
	@$(MVN) -P bench dependency:copy-dependencies@bench-libraries
	@touch $@

kills: $(LAUNCHER) ## kill an apply of 50 changes KILLS=50 times, and see that the next one ends well
	@$(MVN) test -Dtest=KilledApplyTest -Dkills=$(or $(KILLS),50)

demo: $(LAUNCHER) ## the main job as a story, on the emulator
	@sh src/test/sh/demo $(LAUNCHER)

fmt: ## format the sources
	@$(MVN) spotless:apply

goldens: ## rewrite the expected outputs of the tests; review the difference
	@$(MVN) test -Dgoldens=rewrite

dist: $(LAUNCHER) ## an archive of it: unpack it anywhere, no Java is needed
	@sh src/main/package/archive $(HOME_DIR) $(TIME) $(ARCHIVE)
	@echo "Made $(ARCHIVE)"

deb: $(LAUNCHER) ## a package for Debian and Ubuntu, with manual and completion; no Java is needed
	@sh src/main/package/deb $(HOME_DIR) $(subst -,~,$(VERSION)) $(TIME) "$(MAINTAINER)" $(DEB) $(COMPRESSION)

reproducible: ## build the last commit twice, elsewhere, and compare what comes out; ONLY=jar: a part
	@sh src/test/sh/reproducible $(ONLY)

clean-root: deb ## install, run and remove the package in a fresh Debian; for root, with mmdebstrap
	@sh src/test/sh/clean-root $(DEB)

install: $(LAUNCHER) ## copy it to PREFIX (/usr/local), with its manual and completion
	@mkdir -p "$(DESTDIR)$(PREFIX)/lib" "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share"
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/kleos-iam"
	@cp -R $(HOME_DIR) "$(DESTDIR)$(PREFIX)/lib/kleos-iam"
	@cp -R $(SHARE)/. "$(DESTDIR)$(PREFIX)/share/"
	@ln -sf ../lib/kleos-iam/bin/kleos-iam "$(DESTDIR)$(PREFIX)/bin/kleos-iam"
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/kleos-iam"

uninstall: ## remove what install copied
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/kleos-iam" "$(DESTDIR)$(PREFIX)/bin/kleos-iam"
	@rm -rf "$(DESTDIR)$(PREFIX)/share/doc/kleos-iam"
	@cd "$(DESTDIR)$(PREFIX)/share" 2>/dev/null && rm -f man/man1/kleos-iam.1 man/man1/kleos-iam-*.1 \
	  man/man5/kleos-iam.yaml.5 bash-completion/completions/kleos-iam \
	  zsh/site-functions/_kleos-iam fish/vendor_completions.d/kleos-iam.fish || true

$(LAUNCHER): $(SOURCES)
	@echo "Building kleos-iam; the first time, this downloads some 130 MB and takes some minutes."
	@[ target/distribution/module -nt pom.xml ] || rm -rf target/distribution target/dependency-maven-plugin-markers
	@$(MVN) prepare-package -DskipTests
	@sh src/main/launcher/distribute "$(JAVA_HOME)" $(VERSION) $(HOME_DIR)

clean: ## remove what was built
	@rm -rf target

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
