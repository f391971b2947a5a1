using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads <c>types</c>, <c>inputs</c> and <c>outputs</c>.</summary>
internal sealed class TypeReader(DiagnosticList diagnostics)
{
    private static readonly string[] FieldKeys =
        ["type", "items", "fields", "description", "required", "default", "oneOf", "min", "max", "minItems", "money", "from"];

    private readonly Dictionary<string, RulesetType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlNode> _pending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reading = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RulesetType> Types => _types;

    public void ReadTypes(MapReader? types)
    {
        if (types is null)
        {
            return;
        }

        foreach (string name in types.Keys)
        {
            if (RulesetType.BuiltIn.ContainsKey(name))
            {
                diagnostics.Error("reserved-name", types.At(name), types.Node, $"'{name}' is the name of a built-in type", "choose another name");
            }

            _pending[name] = types.Take(name)!;
        }

        foreach (string name in types.Keys)
        {
            Resolve(name, types.At(name), types.Node);
        }
    }

    public IReadOnlyList<RulesetField> ReadFields(MapReader? map)
    {
        var fields = new List<RulesetField>();
        if (map is null)
        {
            return fields;
        }

        foreach (string name in map.Keys)
        {
            if (!IsName(name))
            {
                diagnostics.Error("bad-name", map.At(name), map.Node, $"'{name}' cannot be used in expressions", "letters, digits and _ only, starting with a letter");
            }

            fields.Add(ReadField(name, map.Take(name)!, map.At(name)));
        }

        return fields;
    }

    internal static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !Reserved.Contains(name);

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "null", "true", "false", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not",
        "between", "instance", "of", "function", "external", "item", "because",
    };

    private RulesetField ReadField(string name, YamlNode node, string path)
    {
        int line = (int)node.Start.Line, column = (int)node.Start.Column;
        if (node is YamlScalarNode { Value: { } shorthand })
        {
            return new RulesetField(name, TypeNamed(shorthand, path, node)) { Line = line, Column = column };
        }

        if (MapReader.MapOf(node, path, diagnostics, FieldKeys) is not { } map)
        {
            return new RulesetField(name, RulesetType.Any) { Line = line, Column = column };
        }

        RulesetType type = ReadType(map);
        bool hasDefault = map.Has("default");
        object? preset = map.Take("default") is { } given ? YamlData.Value(given) : null;
        var field = new RulesetField(name, type)
        {
            Description = map.Text("description"),
            HasDefault = hasDefault,
            OneOf = map.Texts("oneOf"),
            Min = map.Number("min"),
            Max = map.Number("max"),
            MinItems = map.Whole("minItems", 0, 0, 1_000_000),
            Required = map.Flag("required", !hasDefault),
            Money = map.Flag("money", false),
            From = map.Text("from"),
            Line = line,
            Column = column,
        };
        CheckLimits(field, map);
        map.Close();
        return hasDefault ? field with { Default = CoerceDefault(field, preset, map) } : field;
    }

    private void CheckLimits(RulesetField field, MapReader map)
    {
        RulesetTypeKind kind = field.Type.Kind;
        if (field.OneOf.Count > 0 && kind != RulesetTypeKind.Text)
        {
            diagnostics.Error("type-clash", map.At("oneOf"), map.Node, $"'oneOf' lists texts, but {field.Name} is a {field.Type}", "type: text");
        }

        if ((field.Min is not null || field.Max is not null) && kind != RulesetTypeKind.Number)
        {
            diagnostics.Error("type-clash", map.Path, map.Node, $"'min' and 'max' are for numbers, but {field.Name} is a {field.Type}", "type: number");
        }

        if (field.Min > field.Max)
        {
            diagnostics.Error("bad-limits", map.Path, map.Node, $"The smallest value {field.Min} is larger than the largest {field.Max}");
        }

        if (field.MinItems > 0 && kind != RulesetTypeKind.List)
        {
            diagnostics.Error("type-clash", map.At("minItems"), map.Node, $"'minItems' is for lists, but {field.Name} is a {field.Type}", "type: list of …");
        }
    }

    private object? CoerceDefault(RulesetField field, object? preset, MapReader map)
    {
        try
        {
            return preset is null ? null : InputCoercion.Coerce(field, preset, field.Name);
        }
        catch (InputProblemException problem)
        {
            diagnostics.Error(problem.Code, map.At("default"), map.Node, problem.Message);
            return null;
        }
    }

    private RulesetType ReadType(MapReader map)
    {
        if (map.Map("fields") is { } fields)
        {
            return new RulesetType(RulesetTypeKind.Record, "record", null, ReadFields(fields));
        }

        string name = map.RequiredText("type", "type: number");
        if (name == "list" && map.Take("items") is { } items)
        {
            return RulesetType.ListOf(ReadField("item", items, map.At("items")).Type);
        }

        return TypeNamed(name, map.At("type"), map.Node);
    }

    private RulesetType TypeNamed(string name, string path, YamlNode node)
    {
        const string prefix = "list of ";
        if (name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return RulesetType.ListOf(TypeNamed(name[prefix.Length..], path, node));
        }

        if (name == "list")
        {
            return RulesetType.ListOf(RulesetType.Any);
        }

        return RulesetType.BuiltIn.GetValueOrDefault(name) ?? Resolve(name, path, node);
    }

    private RulesetType Resolve(string name, string path, YamlNode node)
    {
        if (_types.TryGetValue(name, out RulesetType? known))
        {
            return known;
        }

        if (!_pending.TryGetValue(name, out YamlNode? definition))
        {
            diagnostics.Error("unknown-type", path, node, $"There is no type '{name}'",
                Suggestion.For(name, RulesetType.BuiltIn.Keys.Concat(_pending.Keys)) ?? "define it under 'types'");
            return RulesetType.Any;
        }

        if (!_reading.Add(name))
        {
            diagnostics.Error("recursive-type", path, node, $"Type '{name}' contains itself");
            return RulesetType.Any;
        }

        MapReader? fields = MapReader.MapOf(definition, $"types/{name}", diagnostics);
        var type = new RulesetType(RulesetTypeKind.Record, name, null, ReadFields(fields));
        _types[name] = type;
        _reading.Remove(name);
        return type;
    }
}
