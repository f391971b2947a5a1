namespace Ecosystem.Rules.Dmn;

/// <summary>The command "rulesets tck FOLDER [--report FILE]".</summary>
public static class TckCommand
{
    /// <summary>Runs every case below a folder: one line per failed case, last line "N passed, N failed".</summary>
    /// <param name="args">Folder, then optionally --report and a file for the result of every case in the kit's CSV form.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where errors of use go.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>0 when all passed, 1 when some failed, 2 when the command is used wrongly.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        string? folder = null;
        string? report = null;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--report" && i + 1 < args.Count)
            {
                report = args[++i];
            }
            else if (folder is null && !args[i].StartsWith("--", StringComparison.Ordinal))
            {
                folder = args[i];
            }
            else
            {
                await error.WriteLineAsync($"Unexpected '{args[i]}'. Use: rulesets tck FOLDER [--report FILE]").ConfigureAwait(false);
                return 2;
            }
        }

        if (folder is null || !Directory.Exists(folder))
        {
            await error.WriteLineAsync(folder is null ? "Which folder? Use: rulesets tck FOLDER [--report FILE]" : $"There is no folder '{folder}'.").ConfigureAwait(false);
            return 2;
        }

        var lines = new List<string>();
        var (passed, failed) = (0, 0);
        foreach (var result in DmnTck.Run(folder, cancellationToken))
        {
            lines.Add(result.ToCsv());
            if (result.Passed)
            {
                passed++;
                continue;
            }

            failed++;
            await output.WriteLineAsync($"FAILED {result.Group} {result.Test} {result.Case}: {result.Detail.ReplaceLineEndings(" ")}").ConfigureAwait(false);
        }

        if (report is not null)
        {
            await File.WriteAllLinesAsync(report, lines, cancellationToken).ConfigureAwait(false);
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed").ConfigureAwait(false);
        return failed == 0 ? 0 : 1;
    }
}
