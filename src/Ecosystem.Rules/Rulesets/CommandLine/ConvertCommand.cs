using Ecosystem.Rules.Dmn;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets convert</c>: the direction follows from the text unless <c>--to</c> says it.</summary>
internal static class ConvertCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string file = line.Word(0, "the file");
        string text = await CommandLine.ReadAsync(file, cancellation).ConfigureAwait(false);
        string to = line.Option("to") ?? (text.AsSpan().TrimStart().StartsWith("<") ? "yaml" : "dmn");
        string result;
        switch (to)
        {
            case "dmn":
                result = DmnWriter.Write(RulesetDmn.ToDmn(Ruleset.Parse(text, file)));
                break;
            case "yaml":
                result = RulesetDmn.FromDmn(DmnReader.Read(text));
                break;
            default:
                throw new CommandLineException($"--to has to be dmn or yaml, not '{to}'");
        }

        if (line.Option("out") is { Length: > 0 } target)
        {
            await File.WriteAllTextAsync(target, result, cancellation).ConfigureAwait(false);
            await error.WriteLineAsync($"{target} written").ConfigureAwait(false);
        }
        else
        {
            await output.WriteAsync(result).ConfigureAwait(false);
        }

        return 0;
    }
}
