using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads a ruleset document. Finds as many mistakes as it can in one pass.</summary>
internal static class DocumentReader
{
    private static readonly string[] Keys =
    [
        "name", "title", "description", "owner", "version", "effective", "types", "inputs", "outputs", "sections",
        "rules", "table", "scorecard", "allocation", "values", "tests", "testDefaults",
    ];

    public static RulesetDocument? Read(string yaml, DiagnosticList diagnostics)
    {
        if (YamlText.Load(yaml, diagnostics) is not { } root)
        {
            return null;
        }

        var map = new MapReader(root, "", diagnostics) { Known = Keys };
        string name = map.RequiredText("name", "name: my-ruleset");
        if (name.Length > 0 && !IsIdentifier(name))
        {
            diagnostics.Error("bad-name", "name", map.Node, $"'{name}' cannot name a ruleset", "small letters, digits and hyphens, such as partner-tiering");
        }

        var types = new TypeReader(diagnostics);
        var document = new RulesetDocument(name, map.RequiredText("version", "version: 1.0.0"))
        {
            Title = map.RequiredText("title", "title: What people call it"),
            Description = map.Text("description"),
            Owner = map.RequiredText("owner", "owner: the team that decides about it"),
        };
        document = ReadEffective(document, map.Map("effective"), diagnostics);
        types.ReadTypes(map.Map("types"));
        document = document with
        {
            Types = types.Types,
            Inputs = types.ReadFields(map.Required("inputs", "inputs: { amount: { type: number } }") is { } inputs ? MapReader.MapOf(inputs, "inputs", diagnostics) : null),
            Outputs = types.ReadFields(map.Required("outputs", "outputs: { result: { type: text } }") is { } outputs ? MapReader.MapOf(outputs, "outputs", diagnostics) : null),
            Sections = ReadSections(map, diagnostics),
        };
        document = document with { Tests = ReadTests(map, diagnostics) };
        map.Close();
        CheckNames(document, diagnostics);
        return document;
    }

    internal static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 100 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static RulesetDocument ReadEffective(RulesetDocument document, MapReader? effective, DiagnosticList diagnostics)
    {
        if (effective is null)
        {
            return document;
        }

        DateOnly from = effective.Date("from") ?? DateOnly.MinValue;
        DateOnly? to = effective.Date("to");
        if (to < from)
        {
            diagnostics.Error("bad-dates", "effective", effective.Node, "The last day is before the first");
        }

        effective.Close();
        return document with { EffectiveFrom = from, EffectiveTo = to };
    }

    private static List<RulesetSection> ReadSections(MapReader map, DiagnosticList diagnostics)
    {
        var reader = new SectionReader(diagnostics);
        var sections = new List<RulesetSection>();
        foreach (YamlNode node in map.List("sections"))
        {
            string path = $"sections/{sections.Count + 1}";
            if (MapReader.MapOf(node, path, diagnostics) is { } entry && reader.Read(entry.Node, path) is { } section)
            {
                sections.Add(section);
            }
        }

        foreach (string key in map.Keys.ToArray())
        {
            if (SectionReader.Kinds.Contains(key) && reader.ReadBody(key, key, map, map.Path) is { } section)
            {
                sections.Add(section);
            }
        }

        if (sections.Count == 0)
        {
            diagnostics.Error("no-sections", "sections", map.Node, "The ruleset decides nothing", "add a table, rules, a scorecard, an allocation or values");
        }

        return sections;
    }

    private static List<RulesetTest> ReadTests(MapReader map, DiagnosticList diagnostics)
    {
        Dictionary<string, object?> defaults = map.Map("testDefaults") is { } preset ? YamlData.Record(preset.Node) : [];
        var tests = new List<RulesetTest>();
        foreach (YamlNode node in map.List("tests"))
        {
            string path = MapReader.Child("tests", node, tests.Count, "name");
            if (MapReader.MapOf(node, path, diagnostics, "name", "given", "expect", "rows", "error") is not { } entry)
            {
                continue;
            }

            var given = new Dictionary<string, object?>(defaults, StringComparer.Ordinal);
            if (entry.Map("given") is { } inputs)
            {
                foreach ((string name, object? value) in YamlData.Record(inputs.Node))
                {
                    given[name] = value;
                }
            }

            var test = new RulesetTest(entry.RequiredText("name", "name: what this case shows"), given)
            {
                Expect = entry.Map("expect") is { } expect ? YamlData.Record(expect.Node) : [],
                Rows = entry.Texts("rows"),
                Error = entry.Text("error"),
                Line = entry.Line,
            };
            if (test.Expect.Count == 0 && test.Error is null)
            {
                diagnostics.Error("empty-test", path, node, "The test expects nothing, so it cannot fail", "expect: { output: value }  or  error: text of the message");
            }

            entry.Close();
            tests.Add(test);
        }

        return tests;
    }

    private static void CheckNames(RulesetDocument document, DiagnosticList diagnostics)
    {
        foreach (RulesetField output in document.Outputs.Where(o => document.Inputs.Any(i => i.Name == o.Name)))
        {
            diagnostics.Error("name-clash", $"outputs/{output.Name}", output.Line, output.Column, $"'{output.Name}' is an input and an output", "give the output another name");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (RulesetSection section in document.Sections.Where(s => !ids.Add(s.Id)))
        {
            diagnostics.Error("duplicate-id", $"sections/{section.Id}", section.Line, section.Column, $"Two sections are called '{section.Id}'", "give one of them another id");
        }
    }
}
