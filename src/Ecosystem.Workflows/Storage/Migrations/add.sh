#!/usr/bin/env bash
# add.sh NAME: writes the migration NAME for every provider after the model has changed. Needs the tool dotnet-ef of the version of
# EF Core in Directory.Packages.props (dotnet tool install dotnet-ef --tool-path FOLDER; put FOLDER on the path).
# add.sh --again: before the first release, throws all migrations away and writes one that makes everything.
set -euo pipefail
cd "$(dirname "$0")/../../../.."
project=src/Ecosystem.Workflows
name=${1:?the name of the migration}
if [ "$name" = "--again" ]; then
  name=Initial
  rm -rf $project/Storage/Migrations/{Sqlite,SqlServer,PostgreSql}
fi
dotnet build -v q -m:1 --nologo -p:Lint=false $project
for provider in Sqlite SqlServer PostgreSql; do
  dotnet-ef migrations add "$name" --no-build --project $project --context ${provider}EcosystemDbContext \
    --output-dir Storage/Migrations/$provider
done
