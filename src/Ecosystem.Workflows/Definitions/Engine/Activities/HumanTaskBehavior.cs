using Ecosystem.Workflows.Tasks.Calendars;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Has a person do or decide something; ends with the outcome the person chose, or <c>Timeout</c>.</summary>
internal class HumanTaskBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var data = Describe(engine, instance, ["Done"]);
        engine.Ask(instance, RequestKind.Task, (string)data["type"]!, data, Timeout(engine, instance));
    }

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        if (reply.TimedOut)
        {
            engine.SetOutput(instance, "outcome", "Timeout");
            engine.Complete(instance, "Timeout");
            return;
        }

        engine.SetOutput(instance, "outcome", reply.Outcome);
        engine.SetOutput(instance, "completedBy", reply.By);
        engine.SetOutput(instance, "comment", reply.Note);
        engine.SetOutput(instance, "data", reply.Output);
        engine.Complete(instance, [reply.Outcome ?? "Done"], reply.Note, reply.By);
    }

    /// <summary>The task as the inputs describe it.</summary>
    protected static Dictionary<string, object?> Describe(ProcessEngine engine, ActivityInstance instance, IReadOnlyList<string> standardOutcomes)
    {
        var outcomes = engine.ListInput(instance, "outcomes");
        var byDefault = engine.TextInput(instance, "defaultOutcome");
        if (byDefault is "Reject" or "Rejected" or "Deny" or "Decline")
        {
            throw new EngineFault($"'{instance.Node.Title}' would end with '{byDefault}' because nobody answered; nothing is rejected in silence: leave 'defaultOutcome' empty, so that the task stays with the head of channel.");
        }

        var calendar = BusinessTime.Calendar(engine.TextInput(instance, "calendar"));
        var due = engine.TextInput(instance, "due") is { Length: > 0 } text
            ? BusinessTime.Add(engine.Host.Now, text, calendar)
                ?? throw new EngineFault($"The input 'due' of '{instance.Node.Title}' is '{text}'; write 'P3D' or, in business time, '48 business hours' or '2 business days'.")
            : (DateTimeOffset?)null;
        return new Dictionary<string, object?>
        {
            ["type"] = engine.TextInput(instance, "taskType") is { Length: > 0 } type ? type : instance.Node.Id,
            ["title"] = engine.TextInput(instance, "title") is { Length: > 0 } title ? title : instance.Node.Title,
            ["description"] = engine.TextInput(instance, "description"),
            ["form"] = engine.Input(instance, "form"),
            ["context"] = engine.Input(instance, "context"),
            ["outcomes"] = outcomes.Count > 0 ? outcomes : [.. standardOutcomes],
            ["roles"] = engine.ListInput(instance, "roles"),
            ["people"] = engine.ListInput(instance, "people"),
            ["assignee"] = engine.TextInput(instance, "assignee"),
            ["partner"] = engine.TextInput(instance, "partner"),
            ["excluded"] = engine.ListInput(instance, "excluded"),
            ["defaultOutcome"] = byDefault,
            ["priority"] = engine.NumberInput(instance, "priority", 3),
            ["calendar"] = calendar.Name,
            ["due"] = due is { } time ? Values.Text(time) : null,
        };
    }

    protected static DateTimeOffset? Timeout(ProcessEngine engine, ActivityInstance instance) =>
        engine.TextInput(instance, "timeout") is { Length: > 0 } timeout
            ? BusinessTime.Add(engine.Host.Now, timeout, BusinessTime.Calendar(engine.TextInput(instance, "calendar")))
            : null;
}
