namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Base of the builders of rule elements. Builders are not thread-safe.</summary>
public abstract class RuleElementBuilder
{
    private static long _names;

    internal RuleElementBuilder()
    {
    }

    internal abstract RuleElement BuildElement();

    internal static string NameOrGenerated(string? name) =>
        string.IsNullOrEmpty(name) ? $"$var{Interlocked.Increment(ref _names)}$" : name;
}
