using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets impact</c>: stored inputs are JSON lines, either <c>{"id","subject","inputs":{…}}</c> or the inputs themselves.</summary>
internal static class ImpactCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Ruleset from = await CommandLine.LoadAsync(line.Word(0, "the file in force"), cancellation).ConfigureAwait(false);
        Ruleset to = await CommandLine.LoadAsync(line.Word(1, "the new file"), cancellation).ConfigureAwait(false);
        string inputs = CommandLine.Existing(line.Needed("inputs", "decisions.jsonl"));
        TextWriter csv = line.Target("csv");
        await using ConfiguredAsyncDisposable opened = csv.ConfigureAwait(false);
        var options = new ImpactOptions { Progress = new Reporter(error) };
        ImpactReport report = await RulesetImpact.RunAsync(from, to, Cases(inputs), options, cancellation).ConfigureAwait(false);
        if (report.Total == 0)
        {
            throw new IOException($"{inputs}: there are no stored inputs in it; each line is a JSON object, such as {{\"amount\": 100}}");
        }

        if (line.Has("csv"))
        {
            await csv.WriteAsync(report.ToCsv().AsMemory(), cancellation).ConfigureAwait(false);
        }

        if (line.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, CommandJson.Options)).ConfigureAwait(false);
            return 0;
        }

        await output.WriteLineAsync(Summary(report)).ConfigureAwait(false);
        return 0;
    }

    private static string Summary(ImpactReport report)
    {
        var lines = new List<string> { $"{report.Ruleset} {report.FromVersion} → {report.ToVersion}: {report.Changed} of {report.Total} decisions change, {report.Failed} fail" };
        if (report.MoneyBefore != 0 || report.MoneyAfter != 0)
        {
            lines.Add($"money {PlainWords.Number(report.MoneyBefore)} → {PlainWords.Number(report.MoneyAfter)} ({Signed(report.MoneyAfter - report.MoneyBefore)})");
        }

        lines.AddRange(report.Transitions.Take(50).Select(t => $"{t.Count,8} × {t.Output}: {t.Before} → {t.After}"));
        lines.AddRange(report.Subjects.Take(50).Select(s => $"{s.Subject}: {s.Changed} change, {PlainWords.Number(s.MoneyBefore)} → {PlainWords.Number(s.MoneyAfter)} ({Signed(s.MoneyAfter - s.MoneyBefore)})"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Signed(decimal number) => number > 0 ? "+" + PlainWords.Number(number) : PlainWords.Number(number);

    private static IEnumerable<ImpactCase> Cases(string file)
    {
        int number = 0;
        foreach (string text in File.ReadLines(file))
        {
            number++;
            if (text.AsSpan().Trim().Length == 0)
            {
                continue;
            }

            string place = string.Create(CultureInfo.InvariantCulture, $"{file}({number})");
            Dictionary<string, object?> row = CommandJson.Inputs(text, place);
            if (row.TryGetValue("inputs", out object? inner) && inner is JsonElement { ValueKind: JsonValueKind.Object } inputs)
            {
                yield return new ImpactCase(Text(row, "id") ?? place, Text(row, "subject"), CommandJson.Inputs(inputs.GetRawText(), place));
            }
            else
            {
                yield return new ImpactCase(place, null, row);
            }
        }
    }

    private static string? Text(Dictionary<string, object?> row, string name) =>
        row.TryGetValue(name, out object? value) && value is JsonElement { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Writes progress where it is reported; <see cref="Progress{T}"/> would write after the end.</summary>
    private sealed class Reporter(TextWriter error) : IProgress<long>
    {
        private readonly Lock _gate = new();
        private long _last;

        public void Report(long value)
        {
            if (value / 50_000 != Interlocked.Exchange(ref _last, value) / 50_000)
            {
                lock (_gate)
                {
                    error.WriteLine($"{value} decisions");
                }
            }
        }
    }
}
