namespace Ecosystem.Rules.Rulesets;

/// <summary>One step, ready to run. Immutable and shared by all evaluations.</summary>
internal abstract class CompiledSection(string id)
{
    public string Id { get; } = id;

    public abstract void Run(RunState state);
}
