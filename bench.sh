#!/usr/bin/env bash
# Benchmarks: bench.sh [NAME…] [--json FILE]; rows {suite, name, value, unit, peer, ratio}. `bench.sh --list` (or --help) names the suites.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
wants() { # Whether a suite is among those asked for; without names all are.
  local asked=0 before="" name
  for name in "${@:2}"; do
    case $before$name in "$1") return 0 ;; --list | --help | -h) return 1 ;; -*) ;; *) asked=1 ;; esac
    before=$([ "$name" = --json ] && echo "-" || true)
  done
  [ $asked = 0 ]
}

# The peers that are not NuGet packages. Without one its column stays empty.
if wants tables "$@" && [ ! -d bench/zen/node_modules ] && command -v npm >/dev/null 2>&1; then
  npm install --prefix bench/zen --no-save --no-audit --no-fund --loglevel=error >&2 || echo "bench.sh: the Zen engine could not be fetched and is left out" >&2
fi
if wants classics "$@" && ! command -v clips >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get update -qq && apt-get install -y -qq clips; } >&2 || echo "bench.sh: CLIPS could not be installed and is left out" >&2
  else
    echo "bench.sh: CLIPS is left out; install Debian's package clips to have it beside (sudo apt-get install clips)" >&2
  fi
fi

dotnet build -v q -c Release bench/Ecosystem.Benchmarks >&2
exec bench/Ecosystem.Benchmarks/bin/Release/net10.0/Ecosystem.Benchmarks "$@"
