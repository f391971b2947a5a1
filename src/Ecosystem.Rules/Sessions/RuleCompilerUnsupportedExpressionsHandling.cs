namespace Ecosystem.Rules;

/// <summary>What the compiler does when it cannot tell whether two expressions are the same.</summary>
public enum RuleCompilerUnsupportedExpressionsHandling
{
    /// <summary>Kept so that rules move over unchanged; this compiler treats such expressions as different.</summary>
    FailFast = 0,

    /// <summary>The expressions count as different, so that rules do not share them.</summary>
    TreatAsNotEqual = 1,
}
