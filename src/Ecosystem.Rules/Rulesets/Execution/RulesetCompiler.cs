using Ecosystem.Rules.Rulesets.Documents;
using Scorecard = Ecosystem.Rules.Rulesets.ScorecardSection;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Turns a document into sections that run. Reports what cannot be right as findings.</summary>
internal sealed class RulesetCompiler
{
    private readonly RulesetDocument _document;
    private readonly Documents.DiagnosticList _diagnostics;
    private readonly NameScope _scope;
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);

    public RulesetCompiler(RulesetDocument document, Documents.DiagnosticList diagnostics)
    {
        _document = document;
        _diagnostics = diagnostics;
        _scope = new NameScope(document.Inputs);
        Expressions = new ExpressionCompiler(diagnostics);
    }

    public ExpressionCompiler Expressions { get; }

    /// <summary>Every name that some section gives a value.</summary>
    public IReadOnlySet<string> Assigned => _assigned;

    public IReadOnlyList<CompiledSection> Compile()
    {
        var sections = new List<CompiledSection>();
        foreach (RulesetSection section in _document.Sections)
        {
            string path = $"sections/{section.Id}";
            sections.Add(section switch
            {
                ValuesSection values => Values(values, path),
                TableSection table => Table(table, path),
                ScorecardSection scorecard => Scorecard(scorecard, path),
                AllocationSection allocation => Allocation(allocation, path),
                RulesSection rules => Rules(rules, path),
                _ => throw new InvalidOperationException($"Unknown kind of section {section.GetType().Name}."),
            });
        }

        foreach (RulesetField output in _document.Outputs.Where(o => !_assigned.Contains(o.Name) && o.Required && !o.HasDefault))
        {
            _diagnostics.Error("output-never-set", $"outputs/{output.Name}", output.Line, output.Column, $"No section decides the output '{output.Name}'",
                "decide it, give it a default, or remove it");
        }

        return sections;
    }

    private CompiledValues Values(ValuesSection section, string path)
    {
        var values = new List<(string, CompiledExpression)>();
        foreach ((string name, RulesetSourceText text) in section.Values)
        {
            values.Add((name, Expressions.Expression(text, $"{path}/{name}", _scope)));
            RulesetType type = _scope.TypeOf(text.Text);
            Assign(name, section, $"{path}/{name}", type);
        }

        return new CompiledValues(section.Id, values);
    }

    private CompiledTable Table(TableSection section, string path)
    {
        CompiledTable compiled = new TableCompiler(_document, Expressions).Compile(section, path, Inner(section), Each(section, path));
        foreach (string name in section.Into is { } into ? [into] : section.Outputs)
        {
            Assign(name, section, path);
        }

        return compiled;
    }

    private CompiledScorecard Scorecard(ScorecardSection section, string path)
    {
        NameScope scope = Inner(section);
        NameScope reasons = scope.With(new RulesetField("value", RulesetType.Number), new RulesetField("points", RulesetType.Number));
        var categories = section.Categories.Select(category => new CompiledScorecard.Category(
            category,
            Minimum(category.Minimum, $"{path}/{category.Id}/minimum", scope),
            [.. category.Metrics.Select(metric => Metric(section, metric, $"{path}/{metric.Id}", scope, reasons))])).ToArray();
        CompiledIteration? each = Each(section, path);
        Assign(section.Into, section, path);
        return new CompiledScorecard(section, categories, each);
    }

    private CompiledScorecard.Metric Metric(ScorecardSection section, Scorecard.ScorecardMetric metric, string path, NameScope scope, NameScope reasons) => new(
        metric,
        $"{section.Id}/{metric.Id}",
        Expressions.Expression(metric.Value, $"{path}/value", scope),
        Minimum(metric.Minimum, $"{path}/minimum", scope),
        Expressions.Reason(metric.Because, $"{path}/because", reasons));

    private CompiledExpression? Minimum(RulesetSourceText? text, string path, NameScope scope) =>
        text is null ? null : Expressions.Test(text, path, scope, []);

    private CompiledAllocation Allocation(AllocationSection section, string path)
    {
        NameScope inner = _scope.With(_scope.ElementOf(section.Over));
        NameScope reasons = inner.With(
            new RulesetField("weight", RulesetType.Number), new RulesetField("share", RulesetType.Number), new RulesetField("part", RulesetType.Number));
        var parts = new CompiledAllocation.Parts(
            Expressions.Expression(section.Over.List, $"{path}/over", _scope),
            Expressions.Expression(section.Key, $"{path}/key", inner),
            Expressions.Expression(section.Weight, $"{path}/weight", inner),
            Expressions.Optional(section.Floor, $"{path}/floor", inner),
            Expressions.Optional(section.Cap, $"{path}/cap", inner),
            Expressions.Optional(section.Amount, $"{path}/amount", _scope),
            Expressions.Reason(section.Because, $"{path}/because", reasons),
            Expressions.Named(section.Keep, $"{path}/keep", inner));
        Assign(section.Into, section, path);
        return new CompiledAllocation(section, parts);
    }

    private CompiledRules Rules(RulesSection section, string path)
    {
        foreach (RuleAction action in section.Rules.SelectMany(r => r.Then))
        {
            if (action is RuleAction.Insert && !_scope.Knows(action.Target))
            {
                _scope.Declare(Output(action.Target) ?? new RulesetField(action.Target, RulesetType.ListOf(RulesetType.Any)));
            }
            else if (action is not RuleAction.Insert && !_scope.Knows(action.Target))
            {
                _scope.Declare(Output(action.Target) ?? new RulesetField(action.Target, RulesetType.Any));
            }

            if (action is RuleAction.Decide && Output(action.Target) is null)
            {
                _diagnostics.Error("unknown-output", path, section.Line, section.Column, $"'decide' needs an output; there is no output '{action.Target}'",
                    Suggestion.For(action.Target, _document.Outputs.Select(o => o.Name)) ?? "use 'set' for a working value");
            }

            _assigned.Add(action.Target);
        }

        return new RulesCompiler(_document, Expressions, _scope).Compile(section, path);
    }

    private RulesetField? Output(string name) => _document.Outputs.FirstOrDefault(o => o.Name == name);

    private NameScope Inner(RulesetSection section) => section.Each is { } each ? _scope.With(_scope.ElementOf(each)) : _scope.With();

    private CompiledIteration? Each(RulesetSection section, string path) => section.Each is not { } each
        ? null
        : new CompiledIteration(each.Name, Expressions.Expression(each.List, $"{path}/each", _scope), Expressions.Named(section.Keep, $"{path}/keep", Inner(section)));

    private void Assign(string name, RulesetSection section, string path, RulesetType? type = null)
    {
        if (_document.Inputs.Any(i => i.Name == name))
        {
            _diagnostics.Error("name-clash", path, section.Line, section.Column, $"'{name}' is an input; a section cannot change it", "give the value another name");
        }

        _assigned.Add(name);
        _scope.Declare(Output(name) is { } output && section is not AllocationSection ? output with { Name = name } : new RulesetField(name, type ?? RulesetType.Any));
    }
}
