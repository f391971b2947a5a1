using System.Globalization;
using System.Text;

namespace Ecosystem.Rules.Feel;

/// <summary>Writes syntax as text that reads back to the same syntax.</summary>
internal static class FeelPrinter
{
    public static string Print(FeelSyntax syntax)
    {
        var text = new StringBuilder();
        Write(text, syntax, 0);
        return text.ToString();
    }

    /// <summary>How tightly a node binds; a weaker one inside a stronger place gets parentheses.</summary>
    private static int Strength(FeelSyntax syntax) => syntax switch
    {
        FeelIf or FeelFor or FeelQuantified or FeelFunctionLiteral => 0,
        FeelBinary { Operator: FeelOperator.Or } => 1,
        FeelBinary { Operator: FeelOperator.And } => 2,
        FeelBinary { Operator: >= FeelOperator.Equal } or FeelBetween or FeelIn => 3,
        FeelBinary { Operator: FeelOperator.Add or FeelOperator.Subtract } => 4,
        FeelBinary { Operator: FeelOperator.Multiply or FeelOperator.Divide } => 5,
        FeelBinary => 6,
        FeelNegate => 7,
        FeelLiteral { Value: { IsNumber: true, Number: < 0 } } => 7,
        FeelInstanceOf => 8,
        _ => 9,
    };

    private static void Write(StringBuilder text, FeelSyntax syntax, int needed)
    {
        var wrap = Strength(syntax) < needed;
        text.Append(wrap ? "(" : "");
        WriteCore(text, syntax);
        text.Append(wrap ? ")" : "");
    }

    private static void WriteCore(StringBuilder text, FeelSyntax syntax)
    {
        switch (syntax)
        {
            case FeelLiteral literal:
                text.Append(literal.AtText is null ? FeelText.Literal(literal.Value) : "@" + FeelText.Quote(literal.AtText));
                break;
            case FeelNameRef name:
                text.Append(name.Name);
                break;
            case FeelPath path:
                Write(text, path.Source, 9);
                text.Append('.').Append(path.Name);
                break;
            case FeelDescendants descendants:
                Write(text, descendants.Source, 9);
                text.Append("...").Append(descendants.Name);
                break;
            case FeelFilter filter:
                Write(text, filter.Source, 9);
                text.Append('[');
                Write(text, filter.Condition, 0);
                text.Append(']');
                break;
            case FeelCall call:
                Write(text, call.Target, 9);
                text.Append('(');
                Join(text, call.Arguments, a =>
                {
                    text.Append(a.Name is null ? "" : a.Name + ": ");
                    Write(text, a.Value, 0);
                });
                text.Append(')');
                break;
            case FeelBinary binary:
                var strength = Strength(binary);
                Write(text, binary.Left, strength);
                text.Append(' ').Append(FeelNaming.Operator(binary.Operator)).Append(' ');
                Write(text, binary.Right, strength + 1);
                break;
            case FeelNegate negate:
                text.Append('-');
                // "-(1)" is an operation, "-1" a literal.
                var operand = negate.Operand;
                Write(text, operand, operand is FeelLiteral or FeelNegate ? 10 : 7);
                break;
            case FeelBetween between:
                Write(text, between.Value, 3);
                text.Append(" between ");
                Write(text, between.Low, 4);
                text.Append(" and ");
                Write(text, between.High, 4);
                break;
            case FeelIn test:
                Write(text, test.Value, 3);
                text.Append(" in ");
                if (test.Tests.Count == 1 && test.Tests[0] is FeelUnaryComparison)
                {
                    WriteTest(text, test.Tests[0]);
                }
                else
                {
                    text.Append('(');
                    Join(text, test.Tests, t => WriteTest(text, t));
                    text.Append(')');
                }

                break;
            case FeelInstanceOf instance:
                Write(text, instance.Value, 8);
                text.Append(CultureInfo.InvariantCulture, $" instance of {instance.Type}");
                break;
            default:
                WriteLarge(text, syntax);
                break;
        }
    }

    private static void WriteLarge(StringBuilder text, FeelSyntax syntax)
    {
        switch (syntax)
        {
            case FeelIf condition:
                text.Append("if ");
                Write(text, condition.Condition, 0);
                text.Append(" then ");
                Write(text, condition.Then, 0);
                text.Append(" else ");
                Write(text, condition.Else, 0);
                break;
            case FeelFor loop:
                text.Append("for ");
                WriteIterators(text, loop.Iterators);
                text.Append(" return ");
                Write(text, loop.Return, 0);
                break;
            case FeelQuantified quantified:
                text.Append(quantified.Every ? "every " : "some ");
                WriteIterators(text, quantified.Iterators);
                text.Append(" satisfies ");
                Write(text, quantified.Condition, 0);
                break;
            case FeelFunctionLiteral function:
                text.Append("function(");
                Join(text, function.Parameters, p => text.Append(p.Type is null ? p.Name : $"{p.Name}: {p.Type}"));
                text.Append(function.External ? ") external " : ") ");
                Write(text, function.Body, 0);
                break;
            case FeelListLiteral list:
                text.Append('[');
                Join(text, list.Items, i => Write(text, i, 0));
                text.Append(']');
                break;
            case FeelContextLiteral context:
                text.Append('{');
                Join(text, context.Entries, e =>
                {
                    text.Append(IsName(e.Key) ? e.Key : FeelText.Quote(e.Key)).Append(": ");
                    Write(text, e.Value, 0);
                });
                text.Append('}');
                break;
            case FeelInterval interval:
                text.Append(interval.LowIncluded ? '[' : '(');
                Write(text, interval.Low, 4);
                text.Append("..");
                Write(text, interval.High, 4);
                text.Append(interval.HighIncluded ? ']' : ')');
                break;
            case FeelUnaryComparison comparison:
                text.Append('(');
                WriteTest(text, comparison);
                text.Append(')');
                break;
            case FeelUnaryTests tests:
                WriteTests(text, tests);
                break;
        }
    }

    private static void WriteTests(StringBuilder text, FeelUnaryTests tests)
    {
        if (tests.Tests.Count == 0)
        {
            text.Append('-');
            return;
        }

        text.Append(tests.Negated ? "not(" : "");
        Join(text, tests.Tests, t => WriteTest(text, t));
        text.Append(tests.Negated ? ")" : "");
    }

    private static void WriteTest(StringBuilder text, FeelSyntax test)
    {
        if (test is FeelUnaryComparison comparison)
        {
            text.Append(FeelNaming.Operator(comparison.Operator)).Append(' ');
            Write(text, comparison.Operand, 4);
        }
        else
        {
            Write(text, test, 0);
        }
    }

    private static void WriteIterators(StringBuilder text, IReadOnlyList<FeelIterator> iterators) => Join(text, iterators, i =>
    {
        text.Append(i.Name).Append(i.Type is null ? "" : ": " + i.Type).Append(" in ");
        Write(text, i.Source, i.Until is null ? 0 : 1);
        if (i.Until is { } until)
        {
            text.Append("..");
            Write(text, until, 1);
        }
    });

    private static void Join<T>(StringBuilder text, IReadOnlyList<T> items, Action<T> write)
    {
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            write(items[i]);
        }
    }

    private static bool IsName(string key) =>
        key.Length > 0 && FeelNames.IsStart(key, 0) && key == FeelNames.Normalize(key)
        && Enumerable.Range(0, key.Length).All(i => FeelNames.IsPart(key, i) || key[i] is ' ' or '.' or '/' or '-' or '\'' or '+' or '*');
}
