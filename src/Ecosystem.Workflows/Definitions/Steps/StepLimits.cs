namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// How often a step is tried and how long one attempt may take. A step class says what is usual; an activity of a definition may say
/// otherwise with the literal inputs <c>maxAttempts</c> (1 to 100) and <c>stepTimeout</c> (a duration, 1 second to 1 hour).
/// </summary>
/// <param name="MaxAttempts">How often it is tried before it becomes an incident.</param>
/// <param name="Timeout">How long one attempt may take.</param>
internal sealed record StepLimits(int MaxAttempts, TimeSpan Timeout)
{
    internal const string Attempts = "maxAttempts";
    internal const string Duration = "stepTimeout";
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Whether an input is about how a step is carried out, so that the step itself does not get it.</summary>
    internal static bool IsLimit(string input) => input is Attempts or Duration;

    internal static StepLimits Of(ActivityNode node, WorkflowStepAttribute? step) => new(
        Literal(node, Attempts) is { } attempts && ReadAttempts(attempts) is { } count ? count : step?.MaxAttempts ?? 3,
        Literal(node, Duration) is { } duration && ReadTimeout(duration) is { } span ? span : TimeSpan.FromSeconds(step?.TimeoutSeconds ?? 120));

    /// <summary>What is wrong with a limit as written, or null.</summary>
    internal static string? Check(ActivityInput input)
    {
        var value = Values.FromJson(input.Expression.Value);
        if (value is null or string { Length: 0 })
        {
            return null;
        }

        if (!input.Expression.IsType("Literal"))
        {
            return "It must be a fixed value, because it says how the step is carried out.";
        }

        return input.Name == Attempts
            ? ReadAttempts(value) is null ? $"'{Values.ToText(value)}' is not a number of attempts; write 1 to 100." : null
            : ReadTimeout(value) is null ? $"'{Values.ToText(value)}' is not a duration of 1 second to 1 hour; write it as 'hh:mm:ss' or as ISO 8601, for example 'PT30S'." : null;
    }

    private static object? Literal(ActivityNode node, string name) =>
        node.Inputs.TryGetValue(name, out var input) && input.Expression.IsType("Literal") ? Values.FromJson(input.Expression.Value) : null;

    private static int? ReadAttempts(object value) => Values.ToNumber(value) is { } number && number >= 1 && number <= 100 && number == decimal.Truncate(number) ? (int)number : null;

    private static TimeSpan? ReadTimeout(object value) => Durations.Parse(value) is { } span && span >= TimeSpan.FromSeconds(1) && span <= Longest ? span : null;
}
