using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>The values of one evaluation. Never shared; thrown away when a section fails, so that nothing is half applied.</summary>
internal sealed class RunState(RulesetDocument document, bool trace)
{
    private const int MostSeen = 10_000;
    private const int DeepestSeen = 60;
    private readonly Dictionary<string, (FeelResults Results, FeelList Last)> _growing = new(StringComparer.Ordinal);
    private readonly List<RulesetHit>? _hits = trace ? [] : null;
    private readonly Dictionary<string, object?>? _seen = trace ? new(StringComparer.Ordinal) : null;

    public RulesetDocument Document { get; } = document;

    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>What all expressions of the evaluation may use between them.</summary>
    public FeelBudget Budget { get; } = new();

    /// <summary>Combinations of facts that rules have looked at.</summary>
    public int Combinations { get; set; }

    public bool Traces => _hits is not null;

    /// <summary>Gives a name another value for a while.</summary>
    /// <returns>What <see cref="Restore"/> needs.</returns>
    public (bool Had, object? Value) Shadow(string name, object? value)
    {
        bool had = Values.TryGetValue(name, out object? outer);
        Values[name] = value;
        return (had, outer);
    }

    public void Restore(string name, (bool Had, object? Value) outer)
    {
        if (outer.Had)
        {
            Values[name] = outer.Value;
        }
        else
        {
            Values.Remove(name);
        }
    }

    /// <summary>Puts a value behind those of a list; what read the list before keeps what it read.</summary>
    public void Append(string list, object? value)
    {
        var known = (FeelList)Values[list]!;
        if (!_growing.TryGetValue(list, out (FeelResults Results, FeelList Last) growing) || !ReferenceEquals(growing.Last, known))
        {
            growing.Results = new FeelResults();
            foreach (FeelValue item in known.Items)
            {
                growing.Results.Add(item);
            }
        }

        growing.Results.Add(FeelBoundary.FromClr(value));
        Values[list] = growing.Last = growing.Results.ToList();
        _growing[list] = growing;
    }

    public void Hit(string section, string row, string? reason) => _hits?.Add(new RulesetHit(section, row, reason));

    public void Saw(string place, object? value)
    {
        if (_seen is not null)
        {
            _seen[place] = value is FeelObject large && (large.Weight > MostSeen || large.Height > DeepestSeen) ? $"({PlainWords.Number(large.Weight)} values, too many to keep)" : value;
        }
    }

    public RulesetTrace Trace()
    {
        var trace = new RulesetTrace(Document.Name, Document.Version);
        if (_hits is null)
        {
            return trace;
        }

        var reasons = new List<string>(_hits.Count);
        foreach (RulesetHit hit in _hits)
        {
            if (hit.Reason is { } reason && !reasons.Contains(reason))
            {
                reasons.Add(reason);
            }
        }

        return trace with { Hits = _hits, ValuesSeen = _seen!, Reasons = reasons };
    }
}
