using System.Globalization;
using System.Text;

namespace Ecosystem.Rules.Rulesets;

/// <summary>What changes when one version takes the place of another.</summary>
/// <param name="Ruleset">Name of the ruleset.</param>
/// <param name="FromVersion">The version in force.</param>
/// <param name="ToVersion">The version that may take its place.</param>
public sealed record ImpactReport(string Ruleset, string FromVersion, string ToVersion)
{
    /// <summary>Decisions that were run.</summary>
    public long Total { get; init; }

    /// <summary>Decisions that come out differently.</summary>
    public long Changed { get; init; }

    /// <summary>Decisions that one of the versions cannot make.</summary>
    public long Failed { get; init; }

    /// <summary>Money under the version in force, summed over outputs marked as money.</summary>
    public decimal MoneyBefore { get; init; }

    /// <summary>Money under the new version.</summary>
    public decimal MoneyAfter { get; init; }

    /// <summary>Changes from one value to another by output, most frequent first: <c>route: review → auto-approve</c>.</summary>
    public IReadOnlyList<ImpactTransition> Transitions { get; init; } = [];

    /// <summary>Everybody for whom something changes, by the size of the money difference, then by how many decisions, then by name.</summary>
    public IReadOnlyList<ImpactSubject> Subjects { get; init; } = [];

    /// <summary>The changed decisions in detail by id, as many as were asked for.</summary>
    public IReadOnlyList<ImpactChange> Changes { get; init; } = [];

    /// <summary>The changed decisions as CSV (RFC 4180) with a head line.</summary>
    /// <returns>The text.</returns>
    public string ToCsv()
    {
        var text = new StringBuilder("decision,subject,output,before,after,money_before,money_after,money_difference\r\n");
        foreach (ImpactChange change in Changes)
        {
            foreach (ImpactDifference difference in change.Differences)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"{Cell(change.Id)},{Cell(change.Subject)},{Cell(difference.Output)},{Cell(difference.Before)},{Cell(difference.After)},{change.MoneyBefore},{change.MoneyAfter},{change.MoneyAfter - change.MoneyBefore}\r\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A cell; what a spreadsheet would run as a formula is kept a text.</summary>
    private static string Cell(string? value)
    {
        string text = value ?? "";
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !Documents.YamlData.TryNumber(text, out _))
        {
            text = "'" + text;
        }

        return text.IndexOfAny([',', '"', '\r', '\n']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
