using System.Text.Json;
using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>The command line <c>rulesets</c>. Results go to the output, everything about progress and mistakes to the error writer.</summary>
public static class RulesetCommands
{
    private const string Usage = """
        rulesets check FILE|FOLDER…                    reads, analyses and proposes fixes
        rulesets test FILE|FOLDER…                     runs the test cases and reports rows that none reaches [--full-coverage]
        rulesets evaluate FILE|FOLDER --input JSON     applies a ruleset (--name NAME --as-of DATE to choose from a folder)
        rulesets diff OLD NEW [--words]                compares two versions line by line, or row by row in words
        rulesets impact OLD NEW --inputs FILE          runs two versions over stored inputs (JSON lines) [--csv FILE] [--json]
        rulesets convert FILE [--to dmn|yaml]          between DMN and YAML
        rulesets format FILE… [--check]                rewrites in the one layout
        rulesets explain FILE                          says in plain words what a ruleset does
        rulesets schema                                prints the JSON schema of the format
        rulesets tck FOLDER [--report FILE]            runs the DMN compatibility kit
        rulesets fuzz FILE|FOLDER… [--minutes N] [--seed N]  throws broken texts at the FEEL parser
        FILE may be - for standard input where one file is read; --json gives JSON.
        """;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The words after <c>rulesets</c>.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes progress and messages.</param>
    /// <param name="cancellation">Stops long runs.</param>
    /// <returns>0 on success, 1 when something was found or failed, 2 when the command was not understood.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        try
        {
            var line = CommandLine.Parse(args);
            int? code = line.Command switch
            {
                "check" => await CheckCommand.RunAsync(line, output, cancellation).ConfigureAwait(false),
                "test" => await TestCommand.RunAsync(line, output, cancellation).ConfigureAwait(false),
                "evaluate" => await EvaluateCommand.RunAsync(line, output, cancellation).ConfigureAwait(false),
                "diff" => await DiffCommand.RunAsync(line, output, cancellation).ConfigureAwait(false),
                "format" => await FormatCommand.RunAsync(line, output, error, cancellation).ConfigureAwait(false),
                "explain" => await ExplainCommand.RunAsync(line, output, cancellation).ConfigureAwait(false),
                "schema" => await SchemaAsync(output).ConfigureAwait(false),
                "impact" => await ImpactCommand.RunAsync(line, output, error, cancellation).ConfigureAwait(false),
                "convert" => await ConvertCommand.RunAsync(line, output, error, cancellation).ConfigureAwait(false),
                "tck" => await TckCommand.RunAsync(line, output, error, cancellation).ConfigureAwait(false),
                "fuzz" => await FuzzCommand.RunAsync(line, output, error, cancellation).ConfigureAwait(false),
                _ => null,
            };
            if (code is null)
            {
                await error.WriteLineAsync(line.Command.Length == 0 ? Usage : $"'rulesets {line.Command}' is not known.\n{Usage}").ConfigureAwait(false);
            }

            return code ?? 2;
        }
        catch (RulesetException failure)
        {
            foreach (RulesetDiagnostic diagnostic in failure.Diagnostics)
            {
                await error.WriteLineAsync(diagnostic.Format(failure.Ruleset)).ConfigureAwait(false);
            }

            return 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or RulesetNotInForceException or DmnException or FeelException or CommandLineException)
        {
            await error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return failure is CommandLineException ? 2 : 1;
        }
    }

    private static async Task<int> SchemaAsync(TextWriter output)
    {
        await output.WriteLineAsync(RulesetSchema.Json).ConfigureAwait(false);
        return 0;
    }
}
