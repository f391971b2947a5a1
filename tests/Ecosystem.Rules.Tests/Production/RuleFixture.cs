using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production;

/// <summary>Compiles rules into a session and writes down what fires.</summary>
public sealed class RuleFixture
{
    private readonly List<IMatch> _fired = [];

    public RuleFixture(params Rule[] rules)
        : this(null, rules)
    {
    }

    public RuleFixture(Action<RuleCompiler>? setup, params Rule[] rules)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(rules));
        var compiler = new RuleCompiler();
        setup?.Invoke(compiler);
        Factory = compiler.Compile(repository.GetRuleSets());
        Session = Factory.CreateSession(s => s.Events.RuleFiredEvent += (_, e) => _fired.Add(e.Match));
    }

    public ISessionFactory Factory { get; }

    public ISession Session { get; }

    public int FiredCount => _fired.Count;

    public T Fired<T>(int firing) => _fired[firing].Facts.Select(f => f.Value).OfType<T>().Single();

    public IEnumerable<T> AllFired<T>() => _fired.Select(m => m.Facts.Select(f => f.Value).OfType<T>().Single());

    public string Trace => string.Join(" ", _fired.Select(m => m.Rule.Name));

    public void Forget() => _fired.Clear();
}
