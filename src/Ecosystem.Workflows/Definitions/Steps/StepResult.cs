namespace Ecosystem.Workflows.Definitions;

/// <summary>How a step ended.</summary>
/// <typeparam name="TOutput">The step's output record.</typeparam>
/// <param name="Output">The outputs.</param>
/// <param name="Outcome">One of the outcomes the step declares.</param>
internal readonly record struct StepResult<TOutput>(TOutput Output, string Outcome);

/// <summary>Makes step results.</summary>
internal static class StepResult
{
    /// <summary>A step that ended.</summary>
    /// <typeparam name="TOutput">The step's output record.</typeparam>
    /// <param name="output">The outputs.</param>
    /// <param name="outcome">One of the outcomes the step declares.</param>
    /// <returns>The result.</returns>
    internal static StepResult<TOutput> Done<TOutput>(TOutput output, string outcome = "Done") => new(output, outcome);

    /// <summary>A step without outputs that ended.</summary>
    /// <param name="outcome">One of the outcomes the step declares.</param>
    /// <returns>The result.</returns>
    internal static StepResult<NoOutput> Done(string outcome = "Done") => new(NoOutput.Value, outcome);
}
