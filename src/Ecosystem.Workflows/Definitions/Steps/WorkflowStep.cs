using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>A step of a definition that is carried out in C#. Derive from <see cref="WorkflowStep{TInput,TOutput}"/>.</summary>
internal abstract class WorkflowStep
{
    /// <summary>The record the step's inputs are read into.</summary>
    internal abstract Type InputType { get; }

    /// <summary>The record the step's outputs are taken from.</summary>
    internal abstract Type OutputType { get; }

    /// <summary>Reads the inputs, runs the step and writes its outputs.</summary>
    /// <param name="input">Inputs by camel-cased name.</param>
    /// <param name="context">In which case and transaction the step runs.</param>
    /// <param name="ct">Cancels the attempt.</param>
    /// <returns>Outputs by camel-cased name, and the outcome.</returns>
    internal abstract Task<StepEnd> RunAsync(JsonObject input, StepContext context, CancellationToken ct);
}

/// <summary>
/// A step of a definition: typed inputs in, typed outputs and an outcome out. It runs in one database transaction
/// (<see cref="StepContext.Db"/>), in which its result is stored under <see cref="StepContext.StepKey"/>: a repeat after a crash
/// gives the stored result and does not run the step again.
/// </summary>
/// <typeparam name="TInput">A record; its properties are the step's inputs.</typeparam>
/// <typeparam name="TOutput">A record; its properties are the step's outputs.</typeparam>
internal abstract class WorkflowStep<TInput, TOutput> : WorkflowStep
    where TInput : class
    where TOutput : class
{
    /// <inheritdoc/>
    internal override Type InputType => typeof(TInput);

    /// <inheritdoc/>
    internal override Type OutputType => typeof(TOutput);

    /// <inheritdoc/>
    internal override async Task<StepEnd> RunAsync(JsonObject input, StepContext context, CancellationToken ct)
    {
        TInput typed;
        try
        {
            typed = input.Deserialize<TInput>(StepJson.Options) ?? throw new JsonException("the input is null");
        }
        catch (JsonException exception)
        {
            throw new StepInputException($"The input of this step does not fit {typeof(TInput).Name}: {exception.Message}", exception);
        }

        var result = await ExecuteAsync(typed, context, ct);
        var output = JsonSerializer.SerializeToNode(result.Output, StepJson.Options) as JsonObject ?? [];
        return new StepEnd(output, result.Outcome);
    }

    /// <summary>
    /// Does the work. Change data only through <see cref="StepContext.Db"/> and services that take it, so that everything commits or
    /// rolls back together. Throw for bugs and for what a retry may cure; give an outcome for business decisions.
    /// </summary>
    /// <param name="input">The inputs.</param>
    /// <param name="context">In which case and transaction the step runs.</param>
    /// <param name="ct">Cancels the attempt.</param>
    /// <returns>Output and outcome, made with <see cref="StepResult.Done"/>.</returns>
    protected abstract Task<StepResult<TOutput>> ExecuteAsync(TInput input, StepContext context, CancellationToken ct);
}
