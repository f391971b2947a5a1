namespace Ecosystem.Workflows.Definitions;

/// <summary>One execution of an activity.</summary>
internal sealed class ActivityInstance(long id, ActivityNode node, ActivityInstance? parent)
{
    private List<VariableSlot>? slots;

    /// <summary>Numbers the executions of a process in the order they began.</summary>
    internal long Id { get; } = id;

    internal ActivityNode Node { get; } = node;

    internal ActivityInstance? Parent { get; } = parent;

    internal InstanceStatus Status { get; set; } = InstanceStatus.Running;

    /// <summary>Set on the top of a definition's run: the root instance and each definition used as an activity.</summary>
    internal ProcessFrame? OwnFrame { get; set; }

    /// <summary>The run of a definition this instance is part of. For a definition used as an activity, the run it is used in.</summary>
    internal ProcessFrame OuterFrame => Parent?.Frame ?? OwnFrame!;

    /// <summary>The run of a definition that what is inside this instance is part of.</summary>
    internal ProcessFrame Frame
    {
        get
        {
            for (var instance = this; ; instance = instance.Parent!)
            {
                if (instance.OwnFrame is { } frame)
                {
                    return frame;
                }
            }
        }
    }

    /// <summary>The variables of this instance.</summary>
    internal IReadOnlyList<VariableSlot> Slots => slots ?? (IReadOnlyList<VariableSlot>)[];

    /// <summary>Executions inside this one that have not ended.</summary>
    internal List<ActivityInstance> Children { get; } = [];

    /// <summary>What the activity remembers between its children, in values that survive a snapshot.</summary>
    internal Dictionary<string, object?> State { get; } = new(StringComparer.Ordinal);

    /// <summary>How far a flowchart has come.</summary>
    internal FlowState? Flow { get; set; }

    /// <summary>Passed along by whoever scheduled the instance.</summary>
    internal string? Tag { get; set; }

    /// <summary>True when one of the children has failed for good.</summary>
    internal bool HasFaultedChild { get; set; }

    internal VariableSlot Declare(string id, string name, string? typeName, object? value)
    {
        slots ??= [];
        slots.RemoveAll(slot => slot.Id == id);
        var slot = new VariableSlot(id, name, typeName, Values.ConvertTo(Values.Copy(value), typeName));
        slots.Add(slot);
        return slot;
    }

    internal void Declare(IEnumerable<VariableDeclaration> variables)
    {
        foreach (var variable in variables)
        {
            var typeName = variable.IsArray ? variable.TypeName + "[]" : variable.TypeName;
            Declare(variable.Id, variable.Name, typeName, Values.FromJson(variable.Default));
        }
    }

    internal bool IsInside(ActivityInstance other)
    {
        for (var instance = Parent; instance is not null; instance = instance.Parent)
        {
            if (instance == other)
            {
                return true;
            }
        }

        return false;
    }

    internal decimal Counter(string name) => State.TryGetValue(name, out var value) && value is decimal number ? number : 0;

    public override string ToString() => $"#{Id} {Node} {Status}";
}
