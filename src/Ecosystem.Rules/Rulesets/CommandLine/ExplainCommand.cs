namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets explain</c>.</summary>
internal static class ExplainCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, CancellationToken cancellation)
    {
        foreach (string file in line.Files())
        {
            await output.WriteAsync(RulesetText.Render((await CommandLine.LoadAsync(file, cancellation).ConfigureAwait(false)).Document)).ConfigureAwait(false);
        }

        return 0;
    }
}
