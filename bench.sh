#!/usr/bin/env bash
# Benchmarks: bench.sh [NAME…] [--json FILE]; rows {suite, name, value, unit, peer, ratio}. `bench.sh --list` names the suites.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ ! -d bench/zen/node_modules ] && command -v npm >/dev/null 2>&1; then
  npm ci --prefix bench/zen --no-audit --no-fund --loglevel=error >&2 || echo "bench.sh: the Zen engine could not be fetched and is left out" >&2
fi
dotnet build -v q -c Release bench/Ecosystem.Benchmarks >&2
exec bench/Ecosystem.Benchmarks/bin/Release/net10.0/Ecosystem.Benchmarks "$@"
