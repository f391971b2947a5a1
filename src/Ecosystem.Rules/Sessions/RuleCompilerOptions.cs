namespace Ecosystem.Rules;

/// <summary>Options of <see cref="RuleCompiler"/>.</summary>
public class RuleCompilerOptions
{
    /// <summary>New options with their usual values.</summary>
    public static RuleCompilerOptions Default => new();

    /// <summary>
    /// What to do with expressions that cannot be compared. Kept so that rules move over unchanged: this compiler compares every expression that
    /// C# writes, and an expression of another kind always counts as different, so that rules do not share it.
    /// </summary>
    public RuleCompilerUnsupportedExpressionsHandling UnsupportedExpressionHandling { get; set; }
}
