using System.Globalization;

namespace Ecosystem.Rules.Rulesets;

/// <summary>One finding about a ruleset: what is wrong, where, and what would be right.</summary>
/// <param name="Severity">How serious it is.</param>
/// <param name="Code">Stable identifier, such as <c>missing-input</c> or <c>gap</c>.</param>
/// <param name="Path">The place in the document in words of the document, such as <c>sections/routing/rows/small/amount</c>, or the input's path.</param>
/// <param name="Line">Line in the document, counted from 1; 0 where the finding has no place in the text.</param>
/// <param name="Column">Column in the document, counted from 1; 0 where the finding has no place in the text.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Fix">What would be right; null where only the author can know.</param>
public sealed record RulesetDiagnostic(
    RulesetSeverity Severity, string Code, string Path, int Line, int Column, string Message, string? Fix = null)
{
    /// <summary>The finding on one line, as the command line prints it.</summary>
    /// <param name="source">Name of the file or ruleset to put in front; may be null.</param>
    /// <returns>The text.</returns>
    public string Format(string? source)
    {
        string place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{source ?? "ruleset"}({Line},{Column})") : source ?? "ruleset";
        string severity = Severity switch { RulesetSeverity.Error => "error", RulesetSeverity.Warning => "warning", _ => "info" };
        return $"{place}: {severity} {Code}: {(Path.Length == 0 ? "" : $"{Path}: ")}{Message}{(Fix is null ? "" : $" → {Fix}")}";
    }

    /// <inheritdoc/>
    public override string ToString() => Format(null);
}
