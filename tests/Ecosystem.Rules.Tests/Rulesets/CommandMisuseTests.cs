using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

/// <summary>Whatever a command is given, it says in one message what was wrong and what would be right: 2 for words it does not understand, 1 for files it cannot use.</summary>
public sealed class CommandMisuseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rulesets").FullName;

    public CommandMisuseTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "nothing"));
        File.Copy(Path.Combine(RepositoryFiles.Rulesets, "engagement-policy.yaml"), At("good.yaml"));
        File.WriteAllText(At("empty.yaml"), "");
        File.WriteAllBytes(At("binary.yaml"), [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 0xff]);
        File.WriteAllText(At("model.dmn"), "<definitions/>");
        File.WriteAllText(At("other.yaml"), "document:\n  dsl: 1.0.0\ndo: []\n");
        File.WriteAllText(At("list.yaml"), "- a\n- b\n");
        File.WriteAllText(At("lines.jsonl"), "{\"amount\": 1}\nnonsense\n");
        File.WriteAllText(At("rows.dmn"), """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
              <inputData id="a" name="a"/>
              <decision id="d" name="d"><decisionTable><input><inputExpression><text>a</text></inputExpression></input><output/><rule><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>
              <decisionService id="s" name="the service"/>
            </definitions>
            """);
    }

    [Theory]
    [InlineData("check|nowhere.yaml", 1, "There is no file or folder 'AT/nowhere.yaml'")]
    [InlineData("check|nothing", 1, "There is no ruleset (*.yaml) in the folder 'AT/nothing'")]
    [InlineData("check|good.yaml|--fast", 2, "rulesets check: there is no option '--fast'; it takes --json")]
    [InlineData("test|nothing", 1, "There is no ruleset (*.yaml) in the folder 'AT/nothing'")]
    [InlineData("test|empty.yaml", 1, "AT/empty.yaml(1,1): error empty: There is nothing in it → name: my-ruleset")]
    [InlineData("test|binary.yaml", 1, "AT/binary.yaml(1,1): error not-text: This is not text; a ruleset is a YAML text")]
    [InlineData("test|model.dmn", 1, "AT/model.dmn(1,1): error not-yaml: This is XML; a ruleset is YAML → rulesets convert FILE reads DMN")]
    [InlineData("test|--full-coverage|nothing", 1, "AT/nothing")]
    [InlineData("evaluate|good.yaml|--input", 2, "rulesets evaluate: --input needs a value")]
    [InlineData("evaluate|good.yaml|--input|nowhere.json", 1, "There is no file 'AT/nowhere.json'")]
    [InlineData("evaluate|good.yaml|--input|nothing", 1, "'AT/nothing' is a folder; name a file in it")]
    [InlineData("evaluate|good.yaml|other.yaml|--input|{}", 2, "rulesets evaluate: 'AT/other.yaml' is one word too many")]
    [InlineData("evaluate|nothing|--input|{}", 2, "--name is missing")]
    [InlineData("evaluate|binary.yaml|--input|{}", 1, "AT/binary.yaml(1,1): error not-text: This is not text")]
    [InlineData("diff|good.yaml|nothing", 1, "'AT/nothing' is a folder; name a file in it")]
    [InlineData("diff|good.yaml|list.yaml", 1, "AT/list.yaml(1,1): error not-a-mapping: A ruleset is a mapping that starts with its name → name: my-ruleset")]
    [InlineData("diff|other.yaml|good.yaml", 1, "AT/other.yaml(1,1): error not-a-ruleset: None of its keys belongs to a ruleset → name: my-ruleset")]
    [InlineData("diff|good.yaml|empty.yaml|--words", 1, "AT/empty.yaml(1,1): error empty: There is nothing in it")]
    [InlineData("diff|good.yaml|binary.yaml", 1, "AT/binary.yaml(1,1): error not-text: This is not text")]
    [InlineData("impact|good.yaml|nowhere.yaml|--inputs|lines.jsonl", 1, "There is no file 'AT/nowhere.yaml'")]
    [InlineData("impact|good.yaml|good.yaml|--inputs|nowhere.jsonl", 1, "There is no file 'AT/nowhere.jsonl'")]
    [InlineData("impact|good.yaml|good.yaml|--inputs|empty.yaml", 1, "AT/empty.yaml: there are no stored inputs in it")]
    [InlineData("impact|good.yaml|good.yaml|--inputs|lines.jsonl", 1, "AT/lines.jsonl(2): this is not JSON")]
    [InlineData("impact|good.yaml|good.yaml|--inputs|lines.jsonl|--csv|nothing", 1, "--csv: 'AT/nothing' cannot be written")]
    [InlineData("convert|model.dmn", 1, "AT/model.dmn: line 1, column 2: expected the element 'definitions' of DMN 1.1 to 1.6")]
    [InlineData("convert|good.yaml|--to|yaml", 1, "AT/good.yaml: line 1, column 1: not well-formed XML")]
    [InlineData("convert|rows.dmn", 1, "AT/rows.dmn: error not-in-ruleset: the service: A ruleset has no counterpart for decision services")]
    [InlineData("convert|good.yaml|--out|nothing/no/out.dmn", 1, "--out: 'AT/nothing/no/out.dmn' cannot be written")]
    [InlineData("convert|empty.yaml", 1, "AT/empty.yaml(1,1): error empty: There is nothing in it")]
    [InlineData("tck|nowhere", 1, "There is no folder 'AT/nowhere'")]
    [InlineData("tck|good.yaml", 1, "'AT/good.yaml' is a file; the kit is a folder")]
    [InlineData("tck|nothing|--report", 2, "rulesets tck: --report needs a value")]
    [InlineData("tck|nothing|--report|nothing", 1, "--report: 'AT/nothing' cannot be written")]
    [InlineData("tck|nothing", 1, "There are no cases below 'AT/nothing'")]
    [InlineData("tck", 2, "rulesets tck: the folder of the kit is missing")]
    public async Task Run_WhatCannotBeUsed_IsNamedWithWhatWouldBeRight(string words, int expected, string message)
    {
        string[] args = [.. words.Split('|').Select((w, i) => i > 0 && (w.Contains('.', StringComparison.Ordinal) || w.StartsWith("no", StringComparison.Ordinal)) ? At(w) : w)];
        using var output = new StringWriter();
        using var error = new StringWriter();

        int code = await RulesetCommands.RunAsync(args, output, error, TestContext.Current.CancellationToken);

        Assert.Contains(message.Replace("AT", _folder, StringComparison.Ordinal), error.ToString(), StringComparison.Ordinal);
        Assert.Equal(expected, code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);
}
