using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Collects findings, so that an author sees all of them at once.</summary>
internal sealed class DiagnosticList
{
    private const int Most = 200;
    private readonly List<RulesetDiagnostic> _items = [];
    private int _errors;

    public IReadOnlyList<RulesetDiagnostic> Items => _items;

    public bool HasErrors => _errors > 0;

    public void Error(string code, string path, int line, int column, string message, string? fix = null) =>
        Add(new(RulesetSeverity.Error, code, path, line, column, message, fix));

    public void Error(string code, string path, YamlNode node, string message, string? fix = null) =>
        Error(code, path, (int)node.Start.Line, (int)node.Start.Column, message, fix);

    public void Warning(string code, string path, int line, int column, string message, string? fix = null) =>
        Add(new(RulesetSeverity.Warning, code, path, line, column, message, fix));

    /// <summary>Adds a finding; after the first 200 only their end is told.</summary>
    public void Add(RulesetDiagnostic diagnostic)
    {
        _errors += diagnostic.Severity == RulesetSeverity.Error ? 1 : 0;
        if (_items.Count < Most)
        {
            _items.Add(diagnostic);
        }
        else if (_items.Count == Most)
        {
            _items.Add(new RulesetDiagnostic(RulesetSeverity.Error, "too-many", diagnostic.Path, diagnostic.Line, diagnostic.Column, $"There are more findings; the first {Most} are told"));
            _errors++;
        }
    }
}
