using System.Text.Json;
using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class CommandTests
{
    private static string File(string name) => Path.Combine(RepositoryFiles.Rulesets, name + ".yaml");

    [Fact]
    public async Task Test_Folder_PassesAndCoversEverything()
    {
        (int code, string output, _) = await Run("test", RepositoryFiles.Rulesets);

        Assert.Equal(0, code);
        Assert.Matches(@"\n\d+ passed, 0 failed; (\d+) of \1 rows covered\s*$", output);
    }

    [Fact]
    public async Task Check_Folder_IsClean()
    {
        (int code, string output, _) = await Run("check", RepositoryFiles.Rulesets);

        Assert.Equal((0, "10 rulesets, 0 errors, 0 warnings"), (code, output.Trim()));
    }

    [Fact]
    public async Task Evaluate_ByNameAndDate_PrintsResultAndTrace()
    {
        (int code, string output, _) = await Run("evaluate", RepositoryFiles.Rulesets, "--name", "engagement-policy", "--as-of", "2017-01-01", "--input", "{\"category\":\"legal\",\"sentThisWeek\":9,\"sentToday\":0}");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.True(json.RootElement.GetProperty("result").GetProperty("bypass").GetBoolean());
        Assert.Equal("notice", json.RootElement.GetProperty("trace").GetProperty("hits")[0].GetProperty("row").GetString());
    }

    [Theory]
    [InlineData("evaluate|engagement-policy|--input|{\"category\":\"legal\"}", 1, "'sentThisWeek' is needed")]
    [InlineData("evaluate|engagement-policy|--as-of|1999-01-01|--input|{}", 1, "version 1.0.0 from 2016-01-01")]
    [InlineData("evaluate|engagement-policy|--input|{", 1, "not JSON")]
    [InlineData("evaluate|engagement-policy", 2, "--input is missing")]
    [InlineData("evaluate|engagement-policy|--as-of|soon|--input|{}", 2, "has to be a date")]
    [InlineData("evaluate|engagement-policy|--input|{\"category\":\"legal\",\"sentThisWeek\":1,\"sentThisWeek\":2,\"sentToday\":0}", 1, "'sentThisWeek' is given twice")]
    [InlineData("evaluate|engagement-policy|--input|{\"category\":\"legal\",\"sentThisWeek\":1e400,\"sentToday\":0}", 1, "'sentThisWeek'")]
    [InlineData("evaluate|engagement-policy|--input|[1]", 1, "a JSON object")]
    [InlineData("convert|engagement-policy|--to|pdf", 2, "has to be dmn or yaml")]
    [InlineData("diff|engagement-policy", 2, "the later file is missing")]
    [InlineData("impact|engagement-policy|engagement-policy", 2, "--inputs is missing")]
    [InlineData("check", 2, "a file or folder is missing")]
    [InlineData("test|no-such-file", 1, "no-such-file")]
    [InlineData("fly", 2, "not known")]
    public async Task Misuse_IsToldOnTheErrorWriter(string words, int expected, string message)
    {
        string[] args = [.. words.Split('|').Select(w => w == "engagement-policy" ? File(w) : w)];

        (int code, string output, string error) = await Run(args);

        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task Diff_InWords_NamesTheRow()
    {
        string changed = Path.Combine(Path.GetTempPath(), $"ruleset-{Guid.NewGuid():N}.yaml");
        await System.IO.File.WriteAllTextAsync(changed, RepositoryFiles.Read("incentive-plan").Replace("baseRate: 12,", "baseRate: 13,", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        try
        {
            (int code, string output, _) = await Run("diff", File("incentive-plan"), changed, "--words");

            Assert.Equal(0, code);
            Assert.Contains("'platinum-other'", output, StringComparison.Ordinal);
            Assert.Contains("1 differences, 0 of them in the structure", output, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(changed);
        }
    }

    [Fact]
    public void Convert_TablesAndValues_GoThroughDmnAndDecideTheSame()
    {
        var ruleset = Ruleset.Parse(RepositoryFiles.Read("engagement-policy"));
        string xml = DmnWriter.Write(RulesetDmn.ToDmn(ruleset));

        var back = Ruleset.Parse(RulesetDmn.FromDmn(DmnReader.Read(xml)));

        foreach (RulesetTest test in ruleset.Document.Tests.Where(t => t.Error is null))
        {
            Dictionary<string, object?> given = ruleset.Document.Inputs.ToDictionary(i => i.Name, i => test.Given.GetValueOrDefault(i.Name) ?? i.Default, StringComparer.Ordinal);
            Dictionary<string, object?> known = given.Where(g => g.Value is not null).ToDictionary(StringComparer.Ordinal);
            IReadOnlyDictionary<string, object?> expected = ruleset.Evaluate(test.Given).Outputs;
            if (known.Count == given.Count)
            {
                IReadOnlyDictionary<string, object?> actual = back.Evaluate(known).Outputs;
                Assert.All(expected, e => Assert.Equal(e.Value, actual[e.Key]));
            }
        }
    }

    [Fact]
    public void Convert_Scorecard_IsRefusedWithItsPlace()
    {
        var failure = Assert.Throws<RulesetException>(() => RulesetDmn.ToDmn(Ruleset.Parse(RepositoryFiles.Read("partner-tiering"))));

        Assert.Equal(("not-in-dmn", "sections/capability"), (failure.Diagnostics[0].Code, failure.Diagnostics[0].Path));
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await RulesetCommands.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
