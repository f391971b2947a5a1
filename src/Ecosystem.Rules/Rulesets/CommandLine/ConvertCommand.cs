using System.Runtime.CompilerServices;
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
        string result = to switch
        {
            "dmn" => DmnWriter.Write(RulesetDmn.ToDmn(Ruleset.Parse(text, file))),
            "yaml" => FromDmn(text, file),
            _ => throw new CommandLineException($"--to has to be dmn or yaml, not '{to}'"),
        };
        TextWriter target = line.Target("out");
        await using ConfiguredAsyncDisposable opened = target.ConfigureAwait(false);
        if (line.Has("out"))
        {
            await target.WriteAsync(result.AsMemory(), cancellation).ConfigureAwait(false);
            await error.WriteLineAsync($"{line.Option("out")} written").ConfigureAwait(false);
        }
        else
        {
            await output.WriteAsync(result).ConfigureAwait(false);
        }

        return 0;
    }

    private static string FromDmn(string text, string file)
    {
        try
        {
            return RulesetDmn.FromDmn(DmnReader.Read(text));
        }
        catch (DmnException failure)
        {
            throw new DmnException($"{file}: {failure.Message}", failure);
        }
        catch (RulesetException failure)
        {
            throw new RulesetException(file, failure.Diagnostics, failure);
        }
    }
}
