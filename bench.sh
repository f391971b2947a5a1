#!/usr/bin/env bash
# Benchmarks: bench.sh [NAME…] [--json FILE]; rows {suite, name, value, unit, peer, ratio}. `bench.sh --list` names the suites.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build -v q -c Release bench/Ecosystem.Benchmarks >&2
exec bench/Ecosystem.Benchmarks/bin/Release/net10.0/Ecosystem.Benchmarks "$@"
