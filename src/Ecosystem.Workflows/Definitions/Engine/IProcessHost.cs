namespace Ecosystem.Workflows.Definitions;

/// <summary>What the engine needs from around it. In a workflow every member is deterministic.</summary>
internal interface IProcessHost
{
    DateTimeOffset Now { get; }

    string InstanceId { get; }

    /// <summary>Finds a definition another one uses as an activity, by definition id, version id or activity type; null when there is none.</summary>
    ProcessPlan? FindPlan(string reference, int? version);

    /// <summary>Whether an activity type is a C# step.</summary>
    bool IsStep(string type);

    /// <summary>The step type that undoes a step type; null when there is nothing to undo.</summary>
    string? UndoOf(string type);

    void WriteLine(string line);
}
