namespace Ecosystem.Rules.RuleModel;

/// <summary>State for visitors that need none.</summary>
public sealed class Context
{
    /// <summary>The state.</summary>
    public static Context Empty { get; } = new();
}
