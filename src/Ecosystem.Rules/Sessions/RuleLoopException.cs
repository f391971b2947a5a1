namespace Ecosystem.Rules;

/// <summary>Rules fired more often in one cycle than the limit allows, which usually means that they trigger each other for ever.</summary>
public class RuleLoopException : RuleExecutionException
{
    internal RuleLoopException(int limit, IReadOnlyList<string> ruleNames)
        : base(
            $"Rules fired {limit} times in one cycle, which is the limit. They seem to trigger each other for ever: "
            + $"{string.Join(", ", ruleNames)}. Make them non-repeatable, filter them on the keys they depend on, or raise RuleCompiler.FiringLimit.",
            null)
    {
        RuleNames = ruleNames;
    }

    /// <summary>Names of the rules that fired last, those that fired most often first.</summary>
    public IReadOnlyList<string> RuleNames { get; }
}
