using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class TextEditTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryFiles.Rulesets, "partner-tiering.yaml"));

    [Theory]
    [InlineData("sections/earned/rows/gold/score", ">= 75", "score: \">= 75\", complete: true, earnedTier: gold")]
    [InlineData("sections/earned/rows/silver/complete", "true", "earnedTier: silver, complete: true, because: \"Silver: at least 40 points\"")]
    [InlineData("sections/earned/rows/gold/because", "Gold: 75 points, none at zero", "because: \"Gold: 75 points, none at zero\" }")]
    [InlineData("sections/capability/performance/customer-adds/points", "20", "points: 20, curve: linear")]
    [InlineData("sections/capability/performance/customer-adds/to", "12", "to: 12, minimum")]
    [InlineData("sections/capability/skilling/advanced/steps/2", "11", "steps: { 1: 5, 2: 11, 4: 15 }")]
    [InlineData("sections/ranks/graceEnd", "lowSince + duration(\"P60D\")", "graceEnd: lowSince + duration(\"P60D\")")]
    [InlineData("version", "1.1.0", "\nversion: 1.1.0\n")]
    [InlineData("effective/from", "2027-01-01", "  from: 2027-01-01\n")]
    [InlineData("effective/to", "2027-12-31", "from: 2016-01-01\n  to: 2027-12-31\n")]
    [InlineData("sections/earned/rows/gold/complete", "", "complete: \"-\", earnedTier: gold")]
    public void Set_Cell_ChangesOnlyTheCell(string path, string value, string expected)
    {
        var changed = RulesetTextEdit.Set(Text, path, value);
        Assert.Contains(expected, changed, StringComparison.Ordinal);
        Assert.True(Math.Abs(changed.Split('\n').Length - Text.Split('\n').Length) <= 1);
        Assert.StartsWith("# Capability-based tiers", changed, StringComparison.Ordinal);
        Assert.InRange(changed.Split('\n').Except(Text.Split('\n')).Count(), 1, 1);
        Assert.DoesNotContain(RulesetComparison.Compare(RulesetDocument.Read(Text)!, RulesetDocument.Read(changed)!), change => change.Kind != "changed");
    }

    [Fact]
    public void Set_EveryCellOfTheShippedRulesetsToItself_ChangesNothingItSays()
    {
        var cells = 0;
        foreach (var file in Directory.GetFiles(RepositoryFiles.Rulesets, "*.yaml"))
        {
            var text = File.ReadAllText(file);
            var document = RulesetDocument.Read(text)!;
            foreach (var table in document.Sections.OfType<TableSection>())
            {
                foreach (var row in table.Rows)
                {
                    foreach (var (column, cell) in row.Tests.Concat(row.Results))
                    {
                        var changed = RulesetTextEdit.Set(text, $"sections/{table.Id}/rows/{row.Id}/{column}", cell.Text);
                        Assert.Empty(RulesetComparison.Compare(document, RulesetDocument.Read(changed)!));
                        cells++;
                    }
                }
            }
        }

        Assert.True(cells > 150, $"only {cells} cells");
    }

    [Fact]
    public void RepeatRow_Row_StandsRightAfterIt()
    {
        var changed = RulesetDocument.Read(RulesetTextEdit.RepeatRow(Text, "earned", "gold", "gold-2"))!;
        var rows = changed.Sections.OfType<TableSection>().First(section => section.Id == "earned").Rows;
        Assert.Equal(["platinum", "gold", "gold-2", "silver", "registered"], rows.Select(row => row.Id));
        Assert.Equal(">= 70", rows[2].Tests["score"].Text);
        var back = RulesetTextEdit.RemoveRow(RulesetTextEdit.RepeatRow(Text, "earned", "gold", "gold-2"), "earned", "gold-2");
        Assert.Equal(Text, back);
    }

    [Theory]
    [InlineData("sections/none/rows/gold/score")]
    [InlineData("sections/earned/rows/none/score")]
    [InlineData("inputs/asOf/type/what")]
    [InlineData("sections")]
    public void Set_UnknownPlace_IsRefusedByName(string path)
    {
        var refused = Assert.Throws<RulesetException>(() => RulesetTextEdit.Set(Text, path, "1"));
        Assert.Equal("no-such-cell", refused.Diagnostics[0].Code);
    }
}
