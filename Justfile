# What developers do; `just` lists them.

# install everything into the current environment
install:
    pip install -e '.[dev]'

# run the tests
test *arguments:
    pytest {{arguments}}

# lint, types and layers
check:
    ruff check . && ruff format --check .
    mypy
    lint-imports

# format the code
format:
    ruff check --fix . && ruff format .

# measure, against peers, in one run
bench *arguments:
    python -m benchmarks {{arguments}}

# everything that must hold before a change lands
ci:
    .ci/run
