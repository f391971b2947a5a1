using System.Globalization;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets fuzz</c>: throws mutated texts at the FEEL parser; the corpus is the expressions of rulesets and of files of lines.</summary>
internal static class FuzzCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (!double.TryParse(line.Option("minutes") ?? "10", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double minutes) || minutes is <= 0 or > 10_000)
        {
            throw new CommandLineException($"--minutes has to be a number of minutes such as 10, not '{line.Option("minutes")}'");
        }

        if (!int.TryParse(line.Option("seed") ?? "1", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed))
        {
            throw new CommandLineException($"--seed has to be a whole number such as 1, not '{line.Option("seed")}'");
        }

        var corpus = new List<string>();
        foreach (string file in line.Words.SelectMany(w => Directory.Exists(w) ? Directory.EnumerateFiles(w, "*.*", SearchOption.AllDirectories) : [w]).Order(StringComparer.Ordinal))
        {
            string text = await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
            corpus.AddRange(Path.GetExtension(file) switch
            {
                ".yaml" => RulesetDocument.Read(text) is { } document ? Expressions(document) : [],
                ".feel" or ".txt" => text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                _ => [],
            });
        }

        if (corpus.Count == 0)
        {
            throw new CommandLineException("rulesets fuzz: name files or folders with rulesets (*.yaml) or expressions (*.feel, one a line)");
        }

        await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{corpus.Count} texts to start from, {minutes} minutes, seed {seed}")).ConfigureAwait(false);
        FeelFuzzReport report = FeelFuzz.Run(corpus, TimeSpan.FromMinutes(minutes), seed, cancellation);
        foreach (string finding in report.Findings)
        {
            await output.WriteLineAsync(finding).ConfigureAwait(false);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Texts} texts, {report.Parsed} parsed, {report.Values} gave values, {report.Refused} refused, slowest {report.Slowest.TotalMilliseconds:0} ms, {report.Findings.Count} findings")).ConfigureAwait(false);
        return report.Findings.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Expressions(RulesetDocument document) => document.Sections.SelectMany(section => section switch
    {
        TableSection table => table.Inputs.Select(i => i.Value.Text).Concat(table.Rows.SelectMany(r => r.Tests.Values.Concat(r.Results.Values)).Select(t => t.Text)),
        ValuesSection values => values.Values.Select(v => v.Value.Text),
        ScorecardSection scorecard => scorecard.Categories.SelectMany(c => c.Metrics).Select(m => m.Value.Text),
        AllocationSection allocation => [allocation.Key.Text, allocation.Weight.Text],
        _ => [],
    });
}
