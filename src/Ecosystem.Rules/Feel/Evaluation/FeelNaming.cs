namespace Ecosystem.Rules.Feel;

/// <summary>Words for kinds and values in error messages.</summary>
internal static class FeelNaming
{
    public static string Kind(FeelKind kind) => kind switch
    {
        FeelKind.Null => "null",
        FeelKind.Boolean => "boolean",
        FeelKind.Number => "number",
        FeelKind.String => "string",
        FeelKind.Date => "date",
        FeelKind.Time => "time",
        FeelKind.DateTime => "date and time",
        FeelKind.DaysTime => "days and time duration",
        FeelKind.YearsMonths => "years and months duration",
        FeelKind.List => "list",
        FeelKind.Context => "context",
        FeelKind.Range => "range",
        _ => "function",
    };

    public static string Operator(FeelOperator op) => op switch
    {
        FeelOperator.Add => "+",
        FeelOperator.Subtract => "-",
        FeelOperator.Multiply => "*",
        FeelOperator.Divide => "/",
        FeelOperator.Power => "**",
        FeelOperator.Equal => "=",
        FeelOperator.NotEqual => "!=",
        FeelOperator.Less => "<",
        FeelOperator.LessOrEqual => "<=",
        FeelOperator.Greater => ">",
        FeelOperator.GreaterOrEqual => ">=",
        FeelOperator.And => "and",
        _ => "or",
    };

    public static string Short(FeelValue value)
    {
        var text = FeelText.Literal(value);
        return text.Length <= 60 ? text : text[..59] + "…";
    }
}

/// <summary>Which values have an order.</summary>
internal static class FeelOrder
{
    public static bool IsOrdered(FeelValue value) =>
        value.Kind is FeelKind.Number or FeelKind.String or FeelKind.Date or FeelKind.Time or FeelKind.DateTime or FeelKind.DaysTime or FeelKind.YearsMonths;
}
