namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets format</c>.</summary>
internal static class FormatCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        int different = 0;
        foreach (string file in line.Files())
        {
            string text = await CommandLine.ReadAsync(file, cancellation).ConfigureAwait(false);
            string formatted = RulesetFormatter.Format(text, file);
            if (file == "-")
            {
                await output.WriteAsync(formatted).ConfigureAwait(false);
            }
            else if (!string.Equals(text, formatted, StringComparison.Ordinal))
            {
                different++;
                await error.WriteLineAsync(line.Has("check") ? $"{file} is not in the one layout" : $"{file} rewritten").ConfigureAwait(false);
                if (!line.Has("check"))
                {
                    await File.WriteAllTextAsync(file, formatted, cancellation).ConfigureAwait(false);
                }
            }
        }

        return line.Has("check") && different > 0 ? 1 : 0;
    }
}
