using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tests.Feel;

/// <summary>
/// The cases of Specification/cases.txt, derived from the FEEL chapter of DMN 1.5: "expression ==> value" a line, "U value :: tests ==> truth"
/// for unary tests. An expression that cannot be read has no value, as in a model.
/// </summary>
public sealed class FeelSpecificationTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Feel", "Specification", "cases.txt"));

    public static TheoryData<string> Sections => [.. Lines.Where(l => l.StartsWith("# ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Evaluate_SpecificationCases_GiveTheirValues(string section)
    {
        var cases = Lines.SkipWhile(l => l != section).Skip(1).TakeWhile(l => !l.StartsWith("# ", StringComparison.Ordinal)).Where(l => l.Contains("==>", StringComparison.Ordinal)).ToList();
        var wrong = new List<string>();
        foreach (var line in cases)
        {
            var parts = line.Split("==>", StringSplitOptions.TrimEntries);
            var got = Evaluate(parts[0]);
            if (got != parts[1])
            {
                wrong.Add($"{parts[0]} should be {parts[1]}, but is {got}");
            }
        }

        Assert.True(cases.Count > 100, $"{section} has only {cases.Count} cases");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string Evaluate(string text)
    {
        try
        {
            if (!text.StartsWith("U ", StringComparison.Ordinal))
            {
                return FeelText.Literal(FeelExpression.Parse(text).EvaluateValue(null, null));
            }

            var parts = text[2..].Split("::", StringSplitOptions.TrimEntries);
            var value = FeelBoundary.ToClr(FeelExpression.Parse(parts[0]).EvaluateValue(null, null));
            return FeelText.Literal(FeelBoundary.FromClr(FeelExpression.ParseUnaryTests(parts[1]).Evaluate(new Dictionary<string, object?> { ["?"] = value })));
        }
        catch (FeelException)
        {
            return "null";
        }
    }
}
