using System.Runtime.CompilerServices;
using Ecosystem.Rules.Dmn;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets tck</c>: every case below a folder, one line per failed case, last line "N passed, N failed"; the report has every case in the kit's CSV form.</summary>
internal static class TckCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string folder = line.Word(0, "the folder of the kit");
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(File.Exists(folder) ? $"'{folder}' is a file; the kit is a folder" : $"There is no folder '{folder}'");
        }

        TextWriter report = line.Target("report");
        await using ConfiguredAsyncDisposable opened = report.ConfigureAwait(false);
        int passed = 0, failed = 0;
        foreach (DmnTckResult result in DmnTck.Run(folder, cancellation))
        {
            await report.WriteLineAsync(result.ToCsv().AsMemory(), cancellation).ConfigureAwait(false);
            if (result.Passed)
            {
                passed++;
                continue;
            }

            failed++;
            await output.WriteLineAsync($"FAILED {result.Group} {result.Test} {result.Case}: {result.Detail.ReplaceLineEndings(" ")}").ConfigureAwait(false);
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed").ConfigureAwait(false);
        if (passed + failed == 0)
        {
            await error.WriteLineAsync($"There are no cases below '{folder}': none of its *.xml files begins with testCases").ConfigureAwait(false);
        }

        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
