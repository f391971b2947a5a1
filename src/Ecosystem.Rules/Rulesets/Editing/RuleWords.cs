namespace Ecosystem.Rules.Rulesets;

/// <summary>Conditions and consequences of when/then rules in words.</summary>
internal static class RuleWords
{
    public static string Condition(RuleCondition condition) => condition switch
    {
        RuleCondition.Test test => test.Text.Text,
        RuleCondition.Match match => $"for each {Facts(match.Facts, match.Where)}",
        RuleCondition.Quantified { Quantifier: RuleQuantifier.Exists } some => $"there is {Facts(some.Facts, some.Where)}",
        RuleCondition.Quantified { Quantifier: RuleQuantifier.None } none => $"there is no {Facts(none.Facts, none.Where)}",
        RuleCondition.Quantified all => $"every {all.Facts.Name} in {all.Facts.List} has {all.Where?.Text ?? "nothing to meet"}",
        RuleCondition.Aggregate { Function: RuleAggregate.Count } count => $"{count.As} = number of {Facts(count.Facts, count.Where)}",
        RuleCondition.Aggregate sum => $"{sum.As} = {sum.Function.ToString().ToLowerInvariant()} of {sum.Of} over {Facts(sum.Facts, sum.Where)}",
        _ => "",
    };

    public static string Verb(RuleAction action) => action switch
    {
        RuleAction.Insert => "add to",
        RuleAction.Decide => "decide",
        _ => "set",
    };

    public static string Value(RuleValue value) => value switch
    {
        RuleValue.Expression expression => expression.Text.Text,
        RuleValue.Record record => string.Join(", ", record.Fields.Select(f => $"{f.Key} {Value(f.Value)}")),
        _ => "",
    };

    public static bool IsLiteral(RuleValue value) => value switch
    {
        RuleValue.Expression expression => DocumentOutline.IsLiteral(expression.Text.Text) || IsWord(expression.Text.Text),
        RuleValue.Record record => record.Fields.All(f => IsLiteral(f.Value)),
        _ => false,
    };

    private static bool IsWord(string text) => text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Facts(RulesetIteration facts, RulesetSourceText? where) =>
        where is null ? $"{facts.Name} in {facts.List}" : $"{facts.Name} in {facts.List} with {where}";
}
