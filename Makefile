# Short names for the scripts in scripts/; each script says what it does and needs.
.DEFAULT_GOAL := help
.PHONY: help demo test test-windows accuracy check format proto catalog bench

help: ## Show this list.
	@sed -n 's/^\([a-z-]*\): ## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-12s  %s\n", $$1, $$2 }'

demo: ## Set up, build, and show the main job on real input.
	@scripts/demo

test: ## Set up, build, and run all tests; ARGS="--filter NAME" runs some.
	@scripts/test $(ARGS)

test-windows: ## Run the Windows probes under wine, and type-check the Swift for Windows.
	@scripts/test-windows
	@scripts/check-windows-types

accuracy: ## Judge the labeled devices, and print how often the verdict is right.
	@scripts/accuracy

check: ## Check format, style rules and generated code.
	@scripts/check

format: ## Format the Swift sources in place.
	@scripts/check --format

proto: ## Write the generated messages anew from Proto/.
	@scripts/setup
	@scripts/generate-proto

catalog: ## Write the generated catalog anew from Catalog/.
	@scripts/generate-catalog

bench: ## Build for speed and measure; prints a table and a JSON array.
	@scripts/setup
	@scripts/bench
