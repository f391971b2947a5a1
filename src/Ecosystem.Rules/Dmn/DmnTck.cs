using System.Globalization;
using System.Xml.Linq;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Dmn;

/// <summary>
/// Runs the cases of the DMN Technology Compatibility Kit: folders that hold models and files of cases with inputs and expected results.
/// Numbers are compared to 8 decimal places, as the kit's own runner does, since implementations differ in digits beyond that.
/// </summary>
public static class DmnTck
{
    private const decimal Tolerance = 0.00000001m;

    /// <summary>Runs every file of cases below a folder.</summary>
    /// <param name="folder">Folder, at any depth above the cases.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>One result per case, in order of files and cases.</returns>
    public static IEnumerable<DmnTckResult> Run(string folder, CancellationToken cancellationToken = default)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var result in RunFile(file))
            {
                yield return result;
            }
        }
    }

    private static IEnumerable<DmnTckResult> RunFile(string file)
    {
        XElement root;
        try
        {
            root = XElement.Load(file, LoadOptions.PreserveWhitespace);
        }
        catch (System.Xml.XmlException)
        {
            yield break;
        }

        if (root.Name.LocalName != "testCases")
        {
            yield break;
        }

        var folder = Path.GetDirectoryName(file)!;
        var group = $"{Path.GetFileName(Path.GetDirectoryName(folder))}/{Path.GetFileName(folder)}";
        DmnModel? model = null;
        string? broken = null;
        try
        {
            model = DmnModel.LoadFile(Path.Combine(folder, Child(root, "modelName")?.Value.Trim() ?? ""));
        }
        catch (Exception e) when (e is DmnException or IOException or UnauthorizedAccessException)
        {
            broken = e.Message;
        }

        foreach (var test in Children(root, "testCase"))
        {
            var id = test.Attribute("id")?.Value ?? "";
            var detail = broken;
            if (model is not null)
            {
                try
                {
                    detail = RunCase(model, test);
                }
                catch (Exception e)
                {
                    detail = $"{e.GetType().Name}: {e.Message}";
                }
            }

            yield return new DmnTckResult(group, Path.GetFileNameWithoutExtension(file), id, detail is null, detail ?? "");
        }
    }

    /// <summary>What went wrong; null when nothing did.</summary>
    private static string? RunCase(DmnModel model, XElement test)
    {
        var inputs = Children(test, "inputNode").ToDictionary(InputName, n => FeelBoundary.ToClr(Value(n)), StringComparer.Ordinal);
        var invocable = test.Attribute("invocableName")?.Value;
        var type = test.Attribute("type")?.Value ?? "decision";
        DmnResult? whole = type switch
        {
            _ when invocable is null => null,
            "decisionService" when model.Definitions.DecisionServices.Any(s => s.Name == invocable) => model.EvaluateService(invocable, inputs),
            "bkm" => model.Invoke(invocable, inputs),
            _ => null,
        };
        foreach (var node in Children(test, "resultNode"))
        {
            var name = node.Attribute("name")!.Value;
            var result = whole ?? (model.Definitions.DecisionServices.Any(s => s.Name == name) ? model.EvaluateService(name, inputs) : model.EvaluateDecision(name, inputs));
            var value = FeelBoundary.FromClr(result.Value);
            if (whole is not null && value.Context is { } context && context.TryGet(name, out var part)
                && model.Definitions.DecisionServices.FirstOrDefault(s => s.Name == invocable) is { OutputDecisions.Count: > 1 })
            {
                value = part;
            }

            if (Child(node, "expected") is { } element)
            {
                var expected = Value(element);
                if (!Matches(expected, value))
                {
                    return $"{name}: expected {FeelText.Literal(expected)}, got {FeelText.Literal(value)}{(result.Messages.Count > 0 ? " (" + string.Join("; ", result.Messages.Take(3)) + ")" : "")}";
                }
            }
            else if (node.Attribute("errorResult")?.Value == "true" && !value.IsNull)
            {
                return $"{name}: expected an error, got {FeelText.Literal(value)}";
            }
        }

        return null;
    }

    /// <summary>Inputs of imported models are told apart by the namespace of the model.</summary>
    private static string InputName(XElement node)
    {
        var name = node.Attribute("name")!.Value;
        return node.Attribute("namespace") is { } space ? $"{space.Value}#{name}" : name;
    }

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    private static FeelValue Value(XElement element)
    {
        if (Child(element, "list") is { } list)
        {
            return IsNil(list) ? FeelValue.Null : FeelValue.Of(new FeelList([.. Children(list, "item").Select(Value)]));
        }

        var components = Children(element, "component").ToList();
        if (components.Count > 0)
        {
            return FeelValue.Of(FeelRecord.From(components.DistinctBy(c => c.Attribute("name")!.Value).ToDictionary(c => c.Attribute("name")!.Value, Value, StringComparer.Ordinal)));
        }

        return Child(element, "value") is { } value && !IsNil(value) ? Simple(value) : FeelValue.Null;
    }

    private static bool IsNil(XElement element) => element.Attributes().Any(a => a.Name.LocalName == "nil" && a.Value is "true" or "1");

    private static FeelValue Simple(XElement element)
    {
        var type = element.Attributes().FirstOrDefault(a => a.Name.LocalName == "type")?.Value;
        var text = element.Value;
        var trimmed = text.Trim();
        if (type is null)
        {
            // Without a type the text tells what it is.
            return trimmed is "true" or "false"
                ? FeelValue.Of(trimmed == "true")
                : decimal.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var untyped) ? FeelValue.Of(untyped) : FeelValue.Of(text);
        }

        return type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..] switch
        {
            "boolean" => FeelValue.Of(trimmed is "true" or "1"),
            "decimal" or "double" or "integer" or "int" or "long" or "float" => decimal.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? FeelValue.Of(number) : FeelValue.Of(trimmed),
            "date" => FeelValue.Of(FeelTemporal.ParseDate(trimmed)),
            "time" => FeelValue.Of(FeelTemporal.ParseTime(trimmed)),
            "dateTime" => FeelValue.Of(FeelTemporal.ParseDateTime(trimmed)),
            "duration" or "dayTimeDuration" or "yearMonthDuration" => FeelTemporal.ParseDuration(trimmed),
            _ => FeelValue.Of(text),
        };
    }

    private static bool Matches(FeelValue expected, FeelValue actual)
    {
        if (expected.Kind != actual.Kind)
        {
            return false;
        }

        switch (expected.Kind)
        {
            case FeelKind.Null:
                return true;
            case FeelKind.Number:
                return Math.Abs(expected.Number - actual.Number) <= Tolerance;
            case FeelKind.List:
                return expected.List!.Count == actual.List!.Count && expected.List.AsEnumerable().Zip(actual.List.AsEnumerable()).All(p => Matches(p.First, p.Second));
            case FeelKind.Context:
                return expected.Context!.Count == actual.Context!.Count && expected.Context.Keys.All(k =>
                {
                    expected.Context.TryGet(k, out var one);
                    return actual.Context.TryGet(k, out var other) && Matches(one, other);
                });
            default:
                return FeelComparison.Same(expected, actual);
        }
    }
}

/// <summary>Result of one case of the kit.</summary>
/// <param name="Group">Level and folder, such as compliance-level-2/0001-input-data-string.</param>
/// <param name="Test">Name of the file of cases, without its ending.</param>
/// <param name="Case">Id of the case.</param>
/// <param name="Passed">Whether all results were as expected.</param>
/// <param name="Detail">What differed; empty when nothing did.</param>
public sealed record DmnTckResult(string Group, string Test, string Case, bool Passed, string Detail)
{
    /// <summary>The line of this case in the form of the kit's result files.</summary>
    public string ToCsv() => $"\"{Group}\",\"{Test}\",\"{Case}\",\"{(Passed ? "SUCCESS" : "ERROR")}\",\"{Detail.Replace("\"", "'", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
