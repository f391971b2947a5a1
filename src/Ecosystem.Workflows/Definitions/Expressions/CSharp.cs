using System.Text.RegularExpressions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The C# that definitions imported from Elsa commonly use to put values together: <c>return "text";</c>,
/// <c>return $"{Variables.A}{Input.B}";</c>, <c>Variables.A.ToString()</c>. It is read as the JavaScript that says the same. Any other C# is
/// refused: it would have to be compiled, and compiled code cannot be limited.
/// </summary>
internal static partial class CSharp
{
    internal static object? Evaluate(string text, ExpressionScope scope) => JavaScript.Evaluate(Translate(text), scope);

    /// <summary>Checks an expression without working it out.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    internal static string? Check(string text)
    {
        try
        {
            Translate(text);
            return null;
        }
        catch (EngineFault fault)
        {
            return fault.Message;
        }
    }

    private static string Translate(string text)
    {
        var source = text.Trim();
        source = source.StartsWith("return ", StringComparison.Ordinal) ? source["return ".Length..].Trim() : source;
        source = source.TrimEnd(';').Trim();
        var terms = new List<string>();
        while (source.Length > 0)
        {
            var match = Term().Match(source);
            if (!match.Success)
            {
                throw Refused(text);
            }

            terms.Add(match.Groups["text"] is { Success: true } literal ? literal.Value
                : match.Groups["template"] is { Success: true } template ? Template(template.Value, text)
                : match.Groups["number"] is { Success: true } number ? number.Value
                : Path(match.Groups["path"].Value));
            source = source[match.Length..].TrimStart();
            if (source.Length == 0)
            {
                break;
            }

            if (source[0] != '+')
            {
                throw Refused(text);
            }

            source = source[1..].TrimStart();
            if (source.Length == 0)
            {
                throw Refused(text);
            }
        }

        return terms.Count == 0 ? throw Refused(text) : string.Join(" + ", terms);
    }

    private static string Template(string body, string whole) => "`" + Hole().Replace(body.Replace("`", "\\`", StringComparison.Ordinal), match =>
    {
        var inner = match.Groups["inner"].Value.Trim();
        return PathOnly().IsMatch(inner) ? "${" + Path(inner) + " ?? ''}" : throw Refused(whole);
    }) + "`";

    private static string Path(string path)
    {
        var plain = path.EndsWith(".ToString()", StringComparison.Ordinal) ? path[..^".ToString()".Length] : path;
        var js = plain.StartsWith("Variables.", StringComparison.Ordinal) ? "variables" + plain["Variables".Length..]
            : plain.StartsWith("Input.", StringComparison.Ordinal) ? "input" + plain["Input".Length..]
            : plain;
        return plain.Length == path.Length ? js : $"String({js} ?? '')";
    }

    private static EngineFault Refused(string text) => new(
        $"C# is not supported, because compiled code cannot be limited in time and memory; write it in JavaScript, Liquid or FEEL: {(text.Length > 200 ? text[..200] + "…" : text)}");

    [GeneratedRegex("""^(?:(?<text>"(?:[^"\\\r\n]|\\.)*")|\$"(?<template>(?:[^"\\\r\n]|\\.)*)"|(?<number>\d+(?:\.\d+)?)|(?<path>(?:Variables|Input)(?:\.[A-Za-z_]\w*)+(?:\(\))?))""", RegexOptions.CultureInvariant)]
    private static partial Regex Term();

    [GeneratedRegex(@"\{(?<inner>[^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();

    [GeneratedRegex(@"^(?:Variables|Input)(?:\.[A-Za-z_]\w*)+(?:\(\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex PathOnly();
}
