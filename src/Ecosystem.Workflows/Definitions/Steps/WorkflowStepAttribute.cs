namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Makes a class a step that definitions can use. The step's descriptor in the designer (name, category, icon, inputs, outputs,
/// outcomes) is derived from this attribute and from the step's input and output records.
/// </summary>
/// <param name="type">The activity type as definitions name it, for example <c>Ecosystem.DetectConflict</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WorkflowStepAttribute(string type) : Attribute
{
    /// <summary>The activity type as definitions name it.</summary>
    public string Type { get; } = type;

    /// <summary>What people read on the canvas; by default the type's last word.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Under which heading the designer lists the step.</summary>
    public string Category { get; init; } = "Ecosystem";

    /// <summary>One or two sentences: what the step does and when to use it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The name of a Material icon, for example <c>gavel</c>.</summary>
    public string Icon { get; init; } = "bolt";

    /// <summary>The outcomes the step can end with; <c>Done</c> when none are named.</summary>
    public string[] Outcomes { get; init; } = ["Done"];

    /// <summary>
    /// True for a step that waits for another system or takes longer than a few seconds: it runs as an activity of its own with
    /// heart-beats and retries. False (the default): it runs inside the workflow task, in milliseconds.
    /// </summary>
    public bool LongRunning { get; init; }

    /// <summary>How often a failing step is tried before it becomes an incident.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long one attempt may take, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>
    /// For a step that is a Temporal workflow of its own: its type. It gets the step's inputs as one JSON object and gives the outputs,
    /// among which <c>outcome</c> names the outcome. The class is never executed; it declares inputs and outputs.
    /// </summary>
    public string? ChildWorkflow { get; init; }

    /// <summary>The step type that undoes this one when the case is cancelled; it gets this step's input and output. Null: nothing to undo.</summary>
    public string? UndoneBy { get; init; }
}
