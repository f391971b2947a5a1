using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>A complete match of a rule. While the rule fires, it is also the context of its actions.</summary>
internal sealed class RuleMatch(Session session, RuleNode node) : Tuple, IMatch, IContext
{
    private OrderedDictionary<object, Fact>? _linked;
    private Dictionary<object, object?>? _unlinked;

    public RuleNode Node { get; } = node;

    public Session Session { get; } = session;

    public MatchTrigger Trigger { get; set; }

    public bool HasFired { get; set; }

    public bool IsEnqueued { get; set; }

    /// <summary>Whether the agenda has been told about the match.</summary>
    public bool IsKnown { get; set; }

    public int Priority { get; set; }

    public IRuleDefinition Rule => Node.Rule.Definition;

    public bool HasLinked => _linked is { Count: > 0 };

    public IEnumerable<KeyValuePair<object, Fact>> Linked => _linked ?? [];

    /// <summary>A fact for each variable of the rule; one without a value for a variable of another alternative.</summary>
    public IEnumerable<IFactMatch> Facts => Node.Rule.Declarations
        .Select(d => new FactMatch(d, Node.Layout.Contains(d.Name) ? Ancestor(Node.Layout.Hops(d.Name)).Fact : null));

    IMatch IContext.Match => this;

    CancellationToken IContext.CancellationToken => Session.FireCancellation;

    public Fact? FindLinked(object key) => _linked?.GetValueOrDefault(key);

    public void AddLinked(object key, Fact fact) => (_linked ??= []).Add(key, fact);

    public void RemoveLinked(object key) => _linked?.Remove(key);

    /// <summary>Remembers all linked facts of a match that does not hold any more; the actions that undo it still get what they were.</summary>
    public void RememberLinked()
    {
        foreach (var (key, fact) in Linked)
        {
            (_unlinked ??= [])[key] = fact.Value;
        }
    }

    void IContext.Halt() => Session.IsHalted = true;

    void IContext.Insert(object fact) => Session.Insert(fact);

    void IContext.InsertAll(IEnumerable<object> facts) => Session.InsertAll(facts);

    bool IContext.TryInsert(object fact) => Session.TryInsert(fact);

    void IContext.Update(object fact) => Session.Update(fact);

    void IContext.UpdateAll(IEnumerable<object> facts) => Session.UpdateAll(facts);

    bool IContext.TryUpdate(object fact) => Session.TryUpdate(fact);

    void IContext.Retract(object fact) => Session.Retract(fact);

    void IContext.RetractAll(IEnumerable<object> facts) => Session.RetractAll(facts);

    bool IContext.TryRetract(object fact) => Session.TryRetract(fact);

    IReadOnlyCollection<object> IContext.GetLinkedKeys() => _linked?.Keys.ToArray() ?? [];

    /// <summary>For a match that does not hold any more, the fact it had last is given.</summary>
    object? IContext.GetLinked(object key) => FindLinked(key)?.Value ?? _unlinked?.GetValueOrDefault(key);

    void IContext.InsertLinked(object key, object fact) => Session.QueueInsertLinked(this, [KeyValuePair.Create(key, fact)]);

    void IContext.InsertAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts) => Session.QueueInsertLinked(this, [.. keyedFacts]);

    void IContext.UpdateLinked(object key, object fact) => Session.QueueUpdateLinked(this, [KeyValuePair.Create(key, fact)]);

    void IContext.UpdateAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts) => Session.QueueUpdateLinked(this, [.. keyedFacts]);

    void IContext.RetractLinked(object key, object fact) => Session.QueueRetractLinked(this, [key]);

    void IContext.RetractAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts) =>
        Session.QueueRetractLinked(this, [.. keyedFacts.Select(k => k.Key)]);

    object IContext.Resolve(Type serviceType) => Session.Resolve(Rule, serviceType);

    public override string ToString() => $"{Rule.Name}: {string.Join(", ", OrderedFacts())}";
}
