using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads the one YAML document of a text into nodes that know their place.</summary>
internal static class YamlText
{
    private const int MaximumLength = 4 * 1024 * 1024;
    private const int MaximumDepth = 40;

    public static YamlMappingNode? Load(string yaml, DiagnosticList diagnostics)
    {
        if (yaml.Length > MaximumLength)
        {
            diagnostics.Error("too-large", "", 1, 1, "The document is larger than 4 MB");
            return null;
        }

        if (yaml.Contains('\0', StringComparison.Ordinal))
        {
            diagnostics.Error("not-text", "", 1, 1, "This is not text; a ruleset is a YAML text", "name: my-ruleset");
            return null;
        }

        if (yaml.AsSpan().TrimStart() is ['<', ..])
        {
            diagnostics.Error("not-yaml", "", 1, 1, "This is XML; a ruleset is YAML", "rulesets convert FILE reads DMN");
            return null;
        }

        try
        {
            if (!CheckEvents(yaml, diagnostics))
            {
                return null;
            }

            var stream = new YamlStream();
            using var reader = new StringReader(yaml);
            stream.Load(reader);
            if (stream.Documents.Count == 0)
            {
                diagnostics.Error("empty", "", 1, 1, "There is nothing in it", "name: my-ruleset");
                return null;
            }

            if (stream.Documents.Count != 1)
            {
                diagnostics.Error("not-one-document", "", 1, 1, $"A file holds one ruleset, this one has {stream.Documents.Count} YAML documents");
                return null;
            }

            if (stream.Documents[0].RootNode is YamlMappingNode map)
            {
                return map;
            }

            diagnostics.Error("not-a-mapping", "", 1, 1, "A ruleset is a mapping that starts with its name", "name: my-ruleset");
        }
        catch (YamlException failure)
        {
            string message = failure.InnerException?.Message ?? failure.Message;
            diagnostics.Error("yaml", "", (int)failure.Start.Line, (int)failure.Start.Column, $"This is not valid YAML: {message}");
        }

        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or NullReferenceException)
        {
            // The YAML reader meets some broken texts with exceptions of its own making.
            diagnostics.Error("yaml", "", 1, 1, $"This is not valid YAML: {failure.Message}");
        }

        return null;
    }

    /// <summary>Refuses anchors (references make a diff lie) and nesting that no ruleset needs, before anything is built from them.</summary>
    private static bool CheckEvents(string yaml, DiagnosticList diagnostics)
    {
        using var reader = new StringReader(yaml);
        var parser = new Parser(reader);
        int depth = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case YamlDotNet.Core.Events.AnchorAlias alias:
                    diagnostics.Error("anchor", "", (int)alias.Start.Line, (int)alias.Start.Column, "YAML references (*name) are not used in rulesets", "write the value out");
                    return false;
                case YamlDotNet.Core.Events.MappingStart or YamlDotNet.Core.Events.SequenceStart:
                    if (++depth > MaximumDepth)
                    {
                        Mark start = parser.Current.Start;
                        diagnostics.Error("too-deep", "", (int)start.Line, (int)start.Column, $"The document is nested deeper than {MaximumDepth} levels");
                        return false;
                    }

                    break;
                case YamlDotNet.Core.Events.MappingEnd or YamlDotNet.Core.Events.SequenceEnd:
                    depth--;
                    break;
            }
        }

        return true;
    }
}
