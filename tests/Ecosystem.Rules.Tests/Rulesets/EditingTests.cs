using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class EditingTests
{
    private static readonly string Plan = RepositoryFiles.Read("incentive-plan");

    [Fact]
    public void Compare_ChangedCell_IsOneSentence()
    {
        RulesetChange change = Assert.Single(Compare(Plan.Replace("baseRate: 12,", "baseRate: 13,", StringComparison.Ordinal)));

        Assert.Equal("Row 'platinum-other' of 'Rate by tier and product series': baseRate was 12, is 13.", change.Text);
        Assert.False(change.Structural);
    }

    [Fact]
    public void Compare_AddedRemovedAndMovedRows_AreStructural()
    {
        string row = Plan.Split('\n').First(l => l.Contains("id: expansion", StringComparison.Ordinal));
        string moved = Plan.Replace(row + "\n", "", StringComparison.Ordinal).Replace("        - { id: won,", row + "\n        - { id: won,", StringComparison.Ordinal);

        Assert.Equal(["moved"], Compare(moved).Select(c => c.Kind));
        Assert.Equal(["removed"], Compare(Plan.Replace(row + "\n", "", StringComparison.Ordinal)).Where(c => c.Structural).Select(c => c.Kind));
        Assert.Empty(Compare(Plan));
    }

    [Fact]
    public void ValueEdit_CellsOnly_IsAllowed_StructureIsNot()
    {
        Ruleset before = Ruleset.Parse(Plan);
        Ruleset value = Ruleset.Parse(Plan.Replace("baseRate: 12,", "baseRate: 13,", StringComparison.Ordinal).Replace("version: 1.0.0", "version: 1.0.1", StringComparison.Ordinal));
        Ruleset formula = Ruleset.Parse(Plan.Replace("plain: round half up(base * rate / 100, 2)", "plain: round half up(base * rate / 100, 3)", StringComparison.Ordinal));

        Assert.Empty(RulesetValueEdit.Check(before, value));
        Assert.Equal("structure-changed", Assert.Single(RulesetValueEdit.Check(before, formula)).Code);
    }

    [Fact]
    public void Diff_OneCell_IsOneLine()
    {
        string diff = RulesetDiff.Unified(Plan, Plan.Replace("baseRate: 12,", "baseRate: 13,", StringComparison.Ordinal), "a", "b");

        Assert.StartsWith("--- a\n+++ b\n@@ -", diff, StringComparison.Ordinal);
        Assert.Equal(1, diff.Split('\n').Count(l => l.StartsWith("-  ", StringComparison.Ordinal)));
        Assert.Equal(1, diff.Split('\n').Count(l => l.StartsWith("+  ", StringComparison.Ordinal)));
        Assert.Empty(RulesetDiff.Unified(Plan, Plan.Replace("owner: channel-finance", "owner:   'channel-finance'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Diff_AppliedToTheOldText_GivesTheNewOne()
    {
        string after = Plan.Replace("baseRate: 5,", "baseRate: 5.5,", StringComparison.Ordinal).Replace("cap: 250000", "cap: 300000", StringComparison.Ordinal);
        var applied = new List<string>();
        foreach ((char kind, string line) in LineDiff.Compute(Plan.Split('\n'), after.Split('\n')))
        {
            if (kind != '-')
            {
                applied.Add(line);
            }
        }

        Assert.Equal(after, string.Join('\n', applied));
    }

    [Fact]
    public void Format_Comments_StayAndTwiceIsOnce()
    {
        const string messy = """
            # above
            version:   1.0.0
            name: x   # beside
            # before inputs
            inputs:
                # inside
                a: {type: number,   description: "A number"}
            title:  'Plain'
            # at the end
            """;

        string once = RulesetFormatter.Format(messy);

        Assert.Equal(once, RulesetFormatter.Format(once));
        foreach (string comment in new[] { "# above", "# beside", "# before inputs", "# inside", "# at the end" })
        {
            Assert.Contains(comment, once, StringComparison.Ordinal);
        }

        Assert.Contains("name: x # beside", once, StringComparison.Ordinal);
        Assert.Contains("  # inside\n  a: { type: number, description: A number }", once, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfTiering_SaysItPlainly()
    {
        string text = RulesetText.Render(Ruleset.Parse(RepositoryFiles.Read("partner-tiering")).Document);

        Assert.Contains("If score is at least 70 and complete holds → earnedTier: gold. *Gold: at least 70 points and no metric at zero*", text, StringComparison.Ordinal);
        Assert.Contains("Otherwise → earnedTier: registered.", text, StringComparison.Ordinal);
        Assert.Contains("customer-adds: up to 15 points for `netCustomerAdds`, evenly from 0 to 10; must be over 0", text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<RulesetChange> Compare(string after) => RulesetComparison.Compare(Ruleset.Parse(Plan).Document, Ruleset.Parse(after).Document);
}
