# Everything starts here; "make help" lists it. All that is needed is JDK 25, found by itself, and
# Maven.

.DEFAULT_GOAL := all
PREFIX ?= /usr/local
HOME_DIR := target/kleos-iam
LAUNCHER := $(HOME_DIR)/bin/kleos-iam
SOURCES := pom.xml $(shell find src/main .mvn -type f)

# Goals that need no Java.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),all)),)
  override export JAVA_HOME := $(shell sh src/main/launcher/find-java jdk)
  ifeq ($(JAVA_HOME),)
    $(error no JDK 25)
  endif
  ifeq ($(shell command -v mvn),)
    $(error Maven is missing: install the package "maven", or see https://maven.apache.org/install.html)
  endif
endif

# Without these options Maven's own libraries make a recent Java print warnings.
export MAVEN_OPTS := $(MAVEN_OPTS) --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
MVN := mvn --batch-mode --quiet --no-transfer-progress -Dstyle.color=never

.PHONY: all test conformance bench demo fmt goldens install clean help

all: test $(LAUNCHER) ## check the format, lint, compile, run all tests, build the launcher

test: ## check the format, lint, compile, run all tests
	@echo "Building and testing; the first time, this downloads some 130 MB and takes a minute or two."
	@rm -rf target/surefire-reports
	@$(MVN) test; status=$$?; sh src/test/sh/summary target/surefire-reports && exit $$status

conformance: $(LAUNCHER) ## the emulator against the real gcloud and Google's clients for Node
	@command -v gcloud >/dev/null || { echo "gcloud is missing: see https://cloud.google.com/sdk/docs/install" >&2; exit 1; }
	@rm -rf target/surefire-reports
	@$(MVN) test -Dtest='dev/kleos/iam/conformance/*Test'; status=$$?; sh src/test/sh/summary target/surefire-reports && exit $$status
	@sh src/test/sh/conformance-node $(LAUNCHER)

bench: $(LAUNCHER) ## measure beside peers, as a Markdown table
	@"$(JAVA_HOME)/bin/java" src/test/bench/Bench.java $(LAUNCHER)

demo: $(LAUNCHER) ## the main job as a story, on the emulator
	@sh src/test/sh/demo $(LAUNCHER)

fmt: ## format the sources
	@$(MVN) spotless:apply

goldens: ## rewrite the expected outputs of the tests; review the difference
	@$(MVN) test -Dgoldens=rewrite

install: $(LAUNCHER) ## copy it to PREFIX (/usr/local)
	@mkdir -p "$(DESTDIR)$(PREFIX)/lib" "$(DESTDIR)$(PREFIX)/bin"
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/kleos-iam"
	@cp -R $(HOME_DIR) "$(DESTDIR)$(PREFIX)/lib/kleos-iam"
	@ln -sf ../lib/kleos-iam/bin/kleos-iam "$(DESTDIR)$(PREFIX)/bin/kleos-iam"
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/kleos-iam"

$(LAUNCHER): $(SOURCES)
	@echo "Building kleos-iam; the first time, this downloads some 130 MB and takes a minute or two."
	@rm -rf $(HOME_DIR)
	@$(MVN) package -DskipTests
	@cp target/kleos-iam.jar $(HOME_DIR)/lib/
	@echo "$(JAVA_HOME)" > $(HOME_DIR)/lib/java-home
	@mkdir -p $(HOME_DIR)/bin $(HOME_DIR)/libexec
	@install -m 755 src/main/launcher/find-java $(HOME_DIR)/libexec/find-java
	@install -m 755 src/main/launcher/kleos-iam $@

clean: ## remove what was built
	@rm -rf target

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
