using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Expressions;

/// <summary>Variables that expressions of a rule may use at a point; frames hide what a query or group declares for itself.</summary>
internal sealed class SymbolStack
{
    private readonly Stack<Dictionary<string, Declaration>> _frames = new([new Dictionary<string, Declaration>()]);

    public IReadOnlyDictionary<string, Declaration> Scope => _frames.Peek();

    public void Add(Declaration declaration) => _frames.Peek()[declaration.Name] = declaration;

    public IDisposable Frame()
    {
        _frames.Push(new Dictionary<string, Declaration>(_frames.Peek()));
        return new Popper(_frames);
    }

    private sealed class Popper(Stack<Dictionary<string, Declaration>> frames) : IDisposable
    {
        public void Dispose() => frames.Pop();
    }
}
