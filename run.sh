#!/usr/bin/env bash
# Builds if needed and runs the one binary. Without a command it starts everything; `run.sh help` lists the commands.
set -euo pipefail
cd "$(dirname "$0")"
need() { command -v "$1" >/dev/null 2>&1 || { echo "run.sh: $1 is missing: $2" >&2; exit 2; }; }
need dotnet "install the .NET 10 SDK"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
binary=src/Ecosystem.Designer/bin/Release/net10.0/Ecosystem.Designer
newest=$(find src workflow-definitions rulesets Directory.*.props -newer "$binary" -not -path '*/obj/*' -not -path '*/bin/*' -type f -print -quit 2>/dev/null || echo missing)
if [ ! -x "$binary" ] || [ -n "$newest" ]; then
  echo "run.sh: building" >&2
  dotnet build -v q -c Release src/Ecosystem.Designer >&2
fi
exec "$binary" "$@"
