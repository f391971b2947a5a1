using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Collects findings, so that an author sees all of them at once.</summary>
internal sealed class DiagnosticList
{
    private readonly List<RulesetDiagnostic> _items = [];

    public IReadOnlyList<RulesetDiagnostic> Items => _items;

    public bool HasErrors => _items.Exists(d => d.Severity == RulesetSeverity.Error);

    public void Error(string code, string path, int line, int column, string message, string? fix = null) =>
        _items.Add(new(RulesetSeverity.Error, code, path, line, column, message, fix));

    public void Error(string code, string path, YamlNode node, string message, string? fix = null) =>
        Error(code, path, (int)node.Start.Line, (int)node.Start.Column, message, fix);

    public void Warning(string code, string path, int line, int column, string message, string? fix = null) =>
        _items.Add(new(RulesetSeverity.Warning, code, path, line, column, message, fix));

    public void Add(RulesetDiagnostic diagnostic) => _items.Add(diagnostic);
}
