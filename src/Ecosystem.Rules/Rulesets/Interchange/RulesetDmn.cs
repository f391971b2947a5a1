using Ecosystem.Rules.Dmn;
using Ecosystem.Rules.Rulesets.Documents;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// Converts between ruleset documents and DMN models. Tables, values and rules that only collect findings have a counterpart on the other
/// side; what has none is refused with its place, so that nothing gets lost silently. Reasons, tests, owner and dates stay behind in YAML.
/// </summary>
public static class RulesetDmn
{
    /// <summary>Writes a ruleset as a DMN model: inputs as input data, every named value as a decision.</summary>
    /// <param name="ruleset">The ruleset.</param>
    /// <returns>The model.</returns>
    /// <exception cref="RulesetException">Sections have no counterpart in DMN (<c>not-in-dmn</c>).</exception>
    public static DmnDefinitions ToDmn(Ruleset ruleset)
    {
        var diagnostics = new DiagnosticList();
        DmnDefinitions definitions = new DmnExport(ruleset, diagnostics).Build();
        return diagnostics.HasErrors ? throw new RulesetException(ruleset.Document.Name, diagnostics.Items) : definitions;
    }

    /// <summary>Writes a DMN model as a ruleset document.</summary>
    /// <param name="definitions">The model.</param>
    /// <returns>The YAML text, in the one layout.</returns>
    /// <exception cref="RulesetException">Elements have no counterpart in a ruleset (<c>not-in-ruleset</c>), or the result is not valid.</exception>
    public static string FromDmn(DmnDefinitions definitions)
    {
        var diagnostics = new DiagnosticList();
        string yaml = new DmnImportText(definitions, diagnostics).Write();
        return diagnostics.HasErrors ? throw new RulesetException(definitions.Name, diagnostics.Items) : yaml;
    }
}
