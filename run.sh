#!/usr/bin/env bash
# Builds if needed and runs the one binary. Without a command it starts everything; `run.sh help` lists the commands.
set -euo pipefail
cd "$(dirname "$0")"
need() { command -v "$1" >/dev/null 2>&1 || { echo "run.sh: $1 is missing: $2" >&2; exit 2; }; }
need dotnet "install the .NET 10 SDK"
need node "install Node.js 20 or newer (the process canvas, Elsa Studio, comes from npm)"
need npm "install npm"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "run.sh: fetching Elsa Studio" >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
  touch node_modules/.package-lock.json
fi
binary=src/Ecosystem.Designer/bin/Release/net10.0/Ecosystem.Designer
newest=$(find src workflow-definitions rulesets Directory.*.props -newer "$binary" -not -path '*/obj/*' -not -path '*/bin/*' -type f -print -quit 2>/dev/null || echo missing)
if [ ! -x "$binary" ] || [ -n "$newest" ]; then
  echo "run.sh: building" >&2
  dotnet build -v q -c Release src/Ecosystem.Designer >&2
fi
exec "$binary" "$@"
