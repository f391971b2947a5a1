using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class DocumentReadingTests
{
    private const string TwoRows = "- { id: small, amount: \"< 10\", route: auto }\n- { id: rest, route: person }";

    [Fact]
    public void Parse_ValidDocument_ReadsHeadAndRows()
    {
        var ruleset = Ruleset.Parse(Yaml.Table(TwoRows).Replace("version: 1.0.0", "version: 1.0.0\neffective: { from: 2026-01-01, to: 2026-12-31 }", StringComparison.Ordinal));

        Assert.Equal(("sample", "1.0.0", "testers"), (ruleset.Document.Name, ruleset.Document.Version, ruleset.Document.Owner));
        Assert.False(ruleset.Document.IsInForce(new DateOnly(2025, 12, 31)));
        Assert.True(ruleset.Document.IsInForce(new DateOnly(2026, 12, 31)));
        Assert.False(ruleset.Document.IsInForce(new DateOnly(2027, 1, 1)));
        Assert.Equal(["small", "rest"], ((TableSection)ruleset.Document.Sections[0]).Rows.Select(r => r.Id));
    }

    [Fact]
    public void Parse_SyntaxError_NamesLineAndColumnInTheFile()
    {
        RulesetDiagnostic found = Yaml.Fails(Yaml.Table("- { id: small, amount: \"< 10 10\", route: auto }"), "feel-syntax");

        Assert.Equal("sections/routing/rows/small/amount", found.Path);
        Assert.Equal(17, found.Line);
        Assert.True(found.Column > 30, found.ToString());
    }

    [Fact]
    public void Parse_UnknownName_SuggestsTheRightOne()
    {
        RulesetDiagnostic found = Yaml.Fails(Yaml.Table(TwoRows).Replace("[amount, tier]", "{ amount: amuont, tier: tier }", StringComparison.Ordinal), "unknown-name");

        Assert.Equal("did you mean 'amount'?", found.Fix);
    }

    [Fact]
    public void Parse_MisspeltKey_SuggestsTheRightOne() =>
        Assert.Equal("did you mean 'title'?", Yaml.Fails(Yaml.Table(TwoRows).Replace("title:", "titel:", StringComparison.Ordinal), "unknown-key").Fix);

    [Fact]
    public void Parse_SeveralMistakes_AreAllReported()
    {
        var failure = Assert.Throws<RulesetException>(() => Ruleset.Parse("name: Bad Name\nversion: 1\ninputs: { a: { type: numbre } }\noutputs: { b: number }\n"));

        Assert.Equal(["bad-name", "missing-key", "no-sections", "output-never-set", "unknown-type"], failure.Diagnostics.Select(d => d.Code).Distinct().Order());
    }

    [Theory]
    [InlineData("- { id: a, amount: 1, route: auto }\n- { id: a, route: person }", "duplicate-id")]
    [InlineData("- { id: a, amount: 1, route: autoo }", "unknown-name")]
    [InlineData("- { id: a, amount: '\"x\"', route: auto }", "feel-type")]
    [InlineData("- { id: a, amount: 1, route: '\"maybe\"' }", "feel-allowed")]
    public void Parse_WrongRows_AreRefused(string rows, string code) => Yaml.Fails(Yaml.Table(rows), code);

    [Theory]
    [InlineData("a: &x 1\nb: *x", "anchor")]
    [InlineData("- 1", "not-a-mapping")]
    [InlineData("a: [1", "yaml")]
    [InlineData("a: 1\na: 2", "yaml")]
    [InlineData("a: 1\n---\nb: 2", "not-one-document")]
    public void Parse_NotARulesetAtAll_SaysSo(string yaml, string code) => Yaml.Fails(yaml, code);

    [Fact]
    public void Parse_DeepNesting_IsRefusedBeforeItIsBuilt() =>
        Yaml.Fails("a: " + new string('[', 5000) + new string(']', 5000), "too-deep");

    [Fact]
    public void Parse_TestThatExpectsNothing_IsRefused() =>
        Yaml.Fails(Yaml.Table(TwoRows, extra: "tests:\n  - { name: x, given: { amount: 1 } }"), "empty-test");

    [Fact]
    public void Parse_AssigningAnInput_IsRefused() =>
        Yaml.Fails(Yaml.Head + "inputs: { a: number }\noutputs: { b: number }\nsections:\n  - id: s\n    values: { a: 1, b: 2 }", "name-clash");

    [Fact]
    public void Parse_RandomMutations_NeverThrowAnythingElse()
    {
        string text = RepositoryFiles.Read("conflict-split");
        var random = new Random(20261124);
        for (int round = 0; round < 400; round++)
        {
            var broken = new System.Text.StringBuilder(text);
            for (int i = 0; i < 6; i++)
            {
                int at = random.Next(broken.Length);
                switch (random.Next(3))
                {
                    case 0:
                        broken.Remove(at, Math.Min(random.Next(1, 40), broken.Length - at));
                        break;
                    case 1:
                        broken.Insert(at, "{}[]:,'\"#&*!|>-? \n\t"[random.Next(18)]);
                        break;
                    default:
                        broken[at] = (char)random.Next(32, 127);
                        break;
                }
            }

            Ruleset? ruleset = Ruleset.TryParse(broken.ToString(), out IReadOnlyList<RulesetDiagnostic> found);

            Assert.Equal(ruleset is null, found.Any(d => d.Severity == RulesetSeverity.Error));
        }
    }
}
