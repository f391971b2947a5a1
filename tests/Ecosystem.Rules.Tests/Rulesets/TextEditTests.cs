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
    [InlineData("sections/capability/skilling/advanced/thresholds/2", "3", "steps: { 1: 5, 3: 10, 4: 15 }")]
    [InlineData("sections/capability/skilling/advanced/steps/6", "15", "steps: { 1: 5, 2: 10, 4: 15, 6: 15 }")]
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

    [Fact]
    public void Rows_FlowMapsOverSeveralLines_AreRepeatedMovedAndRemovedWhole()
    {
        const string Rows = "sections:\n  - id: t\n    table:\n      rows:\n        - { id: one,\n            x: [1, 2], # } not here\n          }\n        - { id: two, x: {\n          } }\n";
        Assert.Equal(
            "sections:\n  - id: t\n    table:\n      rows:\n        - { id: two, x: {\n          } }\n        - { id: one,\n            x: [1, 2], # } not here\n          }\n",
            RulesetTextEdit.MoveRow(Rows, "t", "one", up: false));
        Assert.Equal(Rows, RulesetTextEdit.RemoveRow(RulesetTextEdit.RepeatRow(Rows, "t", "one", "three"), "t", "three"));
        Assert.Contains("x: [1, 2], y: 3, # } not here", RulesetTextEdit.Set(Rows, "sections/t/rows/one/y", "3"), StringComparison.Ordinal);
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

    [Fact]
    public void MoveRow_UpAndDown_TakesItsCommentsAlong()
    {
        var text = Text.Replace("        - { id: gold, score", "        # Gold is what the programme is about.\n        - { id: gold, score", StringComparison.Ordinal);
        var moved = RulesetTextEdit.MoveRow(text, "earned", "gold", up: true);
        Assert.Equal(["gold", "platinum", "silver", "registered"], Rows(moved));
        Assert.Contains("rows:\n        # Gold is what the programme is about.\n        - { id: gold, score", moved, StringComparison.Ordinal);
        Assert.Equal(text, RulesetTextEdit.MoveRow(moved, "earned", "gold", up: false));
        Assert.Equal(text, RulesetTextEdit.MoveRow(moved, "earned", "platinum", up: true));
        Assert.Equal(moved, RulesetTextEdit.MoveRow(moved, "earned", "gold", up: true));
        Assert.Equal(text, RulesetTextEdit.MoveRow(text, "earned", "registered", up: false));
        Assert.Equal("moved", Assert.Single(RulesetComparison.Compare(RulesetDocument.Read(text)!, RulesetDocument.Read(moved)!)).Kind);
    }

    [Fact]
    public void MoveRow_BlockRows_ChangePlacesWhole()
    {
        const string Block = "name: a\nversion: 1.0.0\nsections:\n  - id: t\n    table:\n      rows:\n        - id: one\n          x: 1\n\n        - id: two\n          # why\n          x: 2\n";
        Assert.Equal(
            "name: a\nversion: 1.0.0\nsections:\n  - id: t\n    table:\n      rows:\n        - id: two\n          # why\n          x: 2\n\n        - id: one\n          x: 1\n",
            RulesetTextEdit.MoveRow(Block, "t", "two", up: true));
        Assert.Equal("rows-on-one-line", Assert.Throws<RulesetException>(() => RulesetTextEdit.MoveRow(
            "name: a\nsections:\n  - id: t\n    table: { rows: [{ id: one }, { id: two }] }\n", "t", "two", up: true)).Diagnostics[0].Code);
    }

    [Theory]
    [InlineData("skilling", "advanced", "linear", "curve: linear, from: 0, to: 4, minimum")]
    [InlineData("skilling", "advanced", "capped", "curve: capped, per: 3.75, minimum")]
    [InlineData("skilling", "advanced", "flag", "curve: flag, minimum")]
    [InlineData("performance", "customer-adds", "step", "curve: step, steps: { 10: 15 }, minimum")]
    [InlineData("performance", "customer-adds", "capped", "curve: capped, per: 1.5, minimum")]
    [InlineData("customer-success", "deployments", "linear", "curve: linear, from: 0, to: 10, minimum")]
    public void SetCurve_AnotherKind_GoesOnFromTheNumbersOfTheOneBefore(string category, string metric, string curve, string expected)
    {
        var changed = RulesetTextEdit.SetCurve(Text, "capability", category, metric, curve);
        Assert.Contains(expected, changed, StringComparison.Ordinal);
        Assert.Single(changed.Split('\n').Except(Text.Split('\n')));
        var ruleset = Ruleset.Parse(changed);
        var found = ruleset.Document.Sections.OfType<ScorecardSection>().Single().Categories.Single(c => c.Id == category).Metrics.Single(m => m.Id == metric);
        Assert.Equal(curve, found.Curve.GetType().Name, ignoreCase: true);
        Assert.Contains(RulesetValueEdit.Check(Ruleset.Parse(Text), ruleset), found => found.Code == "structure-changed");
    }

    [Fact]
    public void SetCurve_BlockLayout_KeepsTheLinesOfTheOthers()
    {
        const string Block = "sections:\n  - id: s\n    scorecard:\n      categories:\n        - id: c\n          metrics:\n            - id: m\n              points: 10\n              curve: step\n              steps:\n                1: 5\n                4: 10\n              because: why # said so\n";
        Assert.Equal(
            "sections:\n  - id: s\n    scorecard:\n      categories:\n        - id: c\n          metrics:\n            - id: m\n              points: 10\n              curve: linear\n              from: 0\n              to: 4\n              because: why # said so\n",
            RulesetTextEdit.SetCurve(Block, "s", "c", "m", "linear"));
        Assert.Equal("not-allowed", Assert.Throws<RulesetException>(() => RulesetTextEdit.SetCurve(Block, "s", "c", "m", "bent")).Diagnostics[0].Code);
    }

    [Fact]
    public void Steps_AddAndRemove_AreUndoneByEachOther()
    {
        var more = RulesetTextEdit.AddStep(Text, "capability", "skilling", "advanced");
        Assert.Contains("steps: { 1: 5, 2: 10, 4: 15, 5: 15 }", more, StringComparison.Ordinal);
        Assert.Equal(Text, RulesetTextEdit.RemoveStep(more, "capability", "skilling", "advanced", 5));
        Assert.Contains("steps: { 2: 10, 4: 15 }", RulesetTextEdit.RemoveStep(Text, "capability", "skilling", "advanced", 1), StringComparison.Ordinal);
        Assert.Equal("no-such-cell", Assert.Throws<RulesetException>(() => RulesetTextEdit.RemoveStep(Text, "capability", "skilling", "advanced", 3)).Diagnostics[0].Code);
    }

    [Theory]
    [InlineData("some", "not-a-number")]
    [InlineData("", "not-a-number")]
    [InlineData("4", "duplicate-key")]
    public void Set_ThresholdThatCannotBe_IsRefused(string value, string code) =>
        Assert.Equal(code, Assert.Throws<RulesetException>(() => RulesetTextEdit.Set(Text, "sections/capability/skilling/advanced/thresholds/2", value)).Diagnostics[0].Code);

    private static IEnumerable<string> Rows(string text) =>
        RulesetDocument.Read(text)!.Sections.OfType<TableSection>().First(section => section.Id == "earned").Rows.Select(row => row.Id);
}
