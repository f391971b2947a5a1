namespace Ecosystem.Rules.Feel;

/// <summary>Visits syntax.</summary>
internal static class FeelWalker
{
    public static bool Any(FeelSyntax syntax, Predicate<FeelSyntax> predicate)
    {
        if (predicate(syntax))
        {
            return true;
        }

        foreach (var child in Children(syntax))
        {
            if (Any(child, predicate))
            {
                return true;
            }
        }

        return false;
    }

    public static IEnumerable<FeelSyntax> Children(FeelSyntax syntax) => syntax switch
    {
        FeelPath path => [path.Source],
        FeelDescendants descendants => [descendants.Source],
        FeelFilter filter => [filter.Source, filter.Condition],
        FeelCall call => [call.Target, .. call.Arguments.Select(a => a.Value)],
        FeelBinary binary => [binary.Left, binary.Right],
        FeelNegate negate => [negate.Operand],
        FeelBetween between => [between.Value, between.Low, between.High],
        FeelIn test => [test.Value, .. test.Tests],
        FeelInstanceOf instance => [instance.Value],
        FeelIf condition => [condition.Condition, condition.Then, condition.Else],
        FeelFor loop => [.. Sources(loop.Iterators), loop.Return],
        FeelQuantified quantified => [.. Sources(quantified.Iterators), quantified.Condition],
        FeelFunctionLiteral function => [function.Body],
        FeelListLiteral list => list.Items,
        FeelContextLiteral context => context.Entries.Select(e => e.Value),
        FeelInterval interval => [interval.Low, interval.High],
        FeelUnaryComparison comparison => [comparison.Operand],
        FeelUnaryTests tests => tests.Tests,
        _ => [],
    };

    private static IEnumerable<FeelSyntax> Sources(IEnumerable<FeelIterator> iterators) =>
        iterators.SelectMany(i => i.Until is null ? [i.Source] : new[] { i.Source, i.Until });
}
